import { lstatSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Returns the files below a folder by their path: kind, right to be executed, and bytes (as latin-1 text). */
export function folderContent(folder: string, isMeant: (path: string) => boolean = () => true): Record<string, string> {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
  const paths = entries.map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1)).filter(isMeant);
  const files = paths.filter((path) => !lstatSync(join(folder, path)).isDirectory());
  return Object.fromEntries(files.toSorted().map((path) => [path, readFileSync(join(folder, path), 'latin1')]));
}
