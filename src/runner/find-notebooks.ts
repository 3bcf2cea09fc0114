import { readdir, stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { InvalidArgumentError } from '../base/errors.ts';

/**
 * Returns the notebooks that `paths` name: a file as it is, a folder as every `.ipynb` in it, sorted. In folders, hidden
 * ones (`.ipynb_checkpoints`), `node_modules` and `except` are passed over.
 *
 * @throws InvalidArgumentError for a path that is not there, or a folder without notebooks
 */
export async function findNotebooks(paths: readonly string[], except?: string): Promise<string[]> {
  const found = await Promise.all(paths.map((path) => notebooksAt(path, except)));
  const seen = new Set<string>();
  return found.flat().filter((path) => {
    const absolute = resolve(path);
    if (seen.has(absolute)) return false;
    seen.add(absolute);
    return true;
  });
}

async function notebooksAt(path: string, except: string | undefined): Promise<string[]> {
  if (!(await isFolder(path))) return [path];
  const notebooks = await notebooksIn(path, except === undefined ? undefined : resolve(except));
  if (notebooks.length > 0) return notebooks;
  throw new InvalidArgumentError(`${path}: expected a folder with notebooks (.ipynb), found none in it`);
}

async function notebooksIn(folder: string, except: string | undefined): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true });
  entries.sort((a, b) => (a.name < b.name ? -1 : 1));
  const found = await Promise.all(
    entries.map(async (entry) => {
      const path = join(folder, entry.name);
      if (entry.name.startsWith('.') || entry.name === 'node_modules' || resolve(path) === except) return [];
      if (entry.isDirectory()) return notebooksIn(path, except);
      return entry.name.endsWith('.ipynb') ? [path] : [];
    }),
  );
  return found.flat();
}

async function isFolder(path: string): Promise<boolean> {
  try {
    return (await stat(path)).isDirectory();
  } catch (cause) {
    throw new InvalidArgumentError(`${path}: expected a notebook or a folder with notebooks, found nothing there`, {
      cause,
    });
  }
}
