import { dirname, isAbsolute, join, relative, resolve, sep } from 'node:path';
import { InvalidArgumentError } from '../base/errors.ts';

/** Where the files of one run go. */
export interface OutputPaths {
  /** The executed notebook. */
  readonly notebook: string;
  /** The HTML report. */
  readonly report: string;
}

/**
 * Returns where the executed notebooks and reports go: into `outputDir`, in the folders they have under `cwd`, or under
 * the nearest folder that holds them all when one lies outside. With `inplace` a notebook goes where it came from.
 *
 * @throws InvalidArgumentError when, without `inplace`, a notebook would be overwritten
 */
export function outputPaths(
  notebooks: readonly string[],
  { outputDir, cwd, inplace }: { outputDir: string; cwd: string; inplace: boolean },
): OutputPaths[] {
  const sources = notebooks.map((path) => resolve(cwd, path));
  const root = sources.every((path) => isInside(path, cwd)) ? cwd : sources.map(dirname).reduce(commonFolder);
  return sources.map((source, index) => {
    const target = join(outputDir, relative(root, source));
    const notebook = inplace ? notebooks[index]! : target;
    if (!inplace && resolve(cwd, notebook) === source) {
      throw new InvalidArgumentError(
        `${notebooks[index]}: would be overwritten by its executed copy. Choose another --output, or say --inplace`,
      );
    }
    return { notebook, report: target.replace(/(\.ipynb)?$/, '.html') };
  });
}

function isInside(path: string, folder: string): boolean {
  const way = relative(folder, path);
  return way.split(sep)[0] !== '..' && !isAbsolute(way);
}

function commonFolder(a: string, b: string): string {
  return isInside(b, a) ? a : commonFolder(dirname(a), b);
}
