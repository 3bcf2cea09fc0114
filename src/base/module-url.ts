/**
 * Returns the URL of a neighbour of the calling module, with the caller's own extension: `./worker`
 * is `worker.ts` when the sources run unbuilt and `worker.js` in `dist/`.
 * Needed where a module is named by URL (a worker's entry), since the compiler rewrites imports only.
 */
export function moduleUrl(specifier: string, importMetaUrl: string): URL {
  return new URL(`${specifier}${importMetaUrl.endsWith('.ts') ? '.ts' : '.js'}`, importMetaUrl);
}
