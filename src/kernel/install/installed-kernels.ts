import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { FileReadError } from '../../base/errors.ts';

/** An installed kernelspec of Labmill. */
export interface InstalledKernel {
  readonly name: string;
  readonly displayName: string;
  readonly folder: string;
  readonly argv: readonly string[];
  /** What it names and is gone, Node or the kernel: it runs when there is nothing. */
  readonly missing: readonly string[];
}

/**
 * Returns Labmill's kernelspecs below the data folders.
 *
 * @throws FileReadError for one called `labmill` that cannot be read
 */
export function installedKernels(dataFolders: readonly string[]): InstalledKernel[] {
  return dataFolders
    .map((dataFolder) => join(dataFolder, 'kernels'))
    .filter((kernels) => existsSync(kernels))
    .flatMap((kernels) =>
      readdirSync(kernels)
        .toSorted()
        .map((name) => join(kernels, name)),
    )
    .filter((folder) => existsSync(join(folder, 'kernel.json')) && isLabmillKernel(folder))
    .map(readKernel);
}

/** Returns whether the kernelspec in a folder is one of ours: it is called `labmill`, or says so in its metadata. */
export function isLabmillKernel(folder: string): boolean {
  if (basename(folder) === 'labmill') return true;
  try {
    const { metadata } = readSpec(folder) as { metadata?: { labmill?: unknown } };
    return metadata?.labmill === true;
  } catch {
    // Kernelspecs of others that cannot be read are not ours to report.
    return false;
  }
}

function readKernel(folder: string): InstalledKernel {
  const { argv, display_name: displayName } = readSpec(folder) as { argv?: unknown; display_name?: unknown };
  const command = Array.isArray(argv) ? argv.map(String) : [];
  const files = command.filter((part) => part !== '{connection_file}' && !part.startsWith('-'));
  return {
    name: basename(folder),
    displayName: typeof displayName === 'string' ? displayName : '',
    folder,
    argv: command,
    missing: files.length === 0 ? ['its command'] : files.filter((file) => !existsSync(file)),
  };
}

function readSpec(folder: string): object {
  const path = join(folder, 'kernel.json');
  try {
    const spec: unknown = JSON.parse(readFileSync(path, 'utf8'));
    if (typeof spec === 'object' && spec !== null) return spec;
    throw new TypeError(`expected an object, got ${JSON.stringify(spec).slice(0, 80)}`);
  } catch (cause) {
    throw new FileReadError(`${path}: not a kernelspec that can be read`, { cause });
  }
}
