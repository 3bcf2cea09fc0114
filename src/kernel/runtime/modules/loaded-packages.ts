import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The innermost package's folder in a path. */
const PACKAGE_FOLDER = /^.*[\\/]node_modules[\\/](?:@[^\\/]+[\\/])?[^\\/]+(?=[\\/])/;

/** Returns the folders of the packages that files belong to, and the version that each has now; `undefined`: it is gone. */
export function packageVersions(files: readonly string[]): Map<string, string | undefined> {
  const folders = new Set(files.flatMap((file) => PACKAGE_FOLDER.exec(file)?.[0] ?? []));
  return new Map([...folders].map((folder) => [folder, versionIn(folder)]));
}

function versionIn(folder: string): string | undefined {
  try {
    const { version } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as { version?: unknown };
    return String(version);
  } catch {
    return undefined;
  }
}
