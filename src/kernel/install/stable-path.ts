/**
 * Paths that carry a version and go away with the next one, and the links beside them that stay: Homebrew's
 * `Cellar/node/24.1.0` has `opt/node`, pnpm's `node_modules/.pnpm/labmill@1.0.0/node_modules` has `node_modules`.
 */
const VERSIONED: readonly (readonly [RegExp, string])[] = [
  [/([\\/])Cellar([\\/])([^\\/]+)[\\/][^\\/]+(?=[\\/])/, '$1opt$2$3'],
  [/([\\/]node_modules)[\\/]\.pnpm[\\/][^\\/]+[\\/]node_modules(?=[\\/])/, '$1'],
];

/**
 * Returns a path to the same file that survives an upgrade, where there is one, else the path itself. Node names itself
 * and its modules by real paths, with all links resolved: right for a process, wrong for a kernelspec.
 *
 * @param isSameFile whether two paths lead to the same file; false when the second is not there
 */
export function stablePath(path: string, isSameFile: (path: string, link: string) => boolean): string {
  for (const [versioned, stays] of VERSIONED) {
    const link = path.replace(versioned, stays);
    if (link !== path && isSameFile(path, link)) return link;
  }
  return path;
}
