import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { FileReadError, FileWriteError } from '../../base/errors.ts';
import { writeFileAtomic } from '../../base/write-atomic.ts';
import { kernelCommand } from '../kernel-command.ts';
import { kernelFolder } from './jupyter-paths.ts';
import { LOGO_SVG } from './logo.ts';

/** The kernel's name in Jupyter. */
export const KERNEL_NAME = 'labmill';

/** The content of `kernel.json` (Jupyter client documentation, "Kernel specs"). */
export interface KernelSpec {
  readonly argv: readonly string[];
  readonly display_name: string;
  readonly language: string;
  /** Signals would reach a kernel only between two cells; messages interrupt everything. */
  readonly interrupt_mode: 'message';
  readonly metadata: Readonly<Record<string, unknown>>;
}

/** An installed kernelspec of Labmill. */
export interface InstalledKernel {
  readonly folder: string;
  readonly argv: readonly string[];
  /** Whether the Node and the kernel that it names are still there. */
  readonly isRunnable: boolean;
}

/** Returns the kernelspec: it names this process's Node and this installation by absolute paths. */
export function kernelSpec(): KernelSpec {
  return {
    // Some clients substitute only an argument that is exactly this.
    argv: kernelCommand('{connection_file}'),
    display_name: 'TypeScript (Labmill)',
    language: 'typescript',
    interrupt_mode: 'message',
    metadata: { debugger: false },
  };
}

/**
 * Writes the kernelspec below a Jupyter data folder, over an older one, and returns its folder.
 *
 * @throws FileWriteError
 */
export function installKernel(dataFolder: string): string {
  const folder = kernelFolder(dataFolder, KERNEL_NAME, process.platform);
  writeFileAtomic(join(folder, 'logo-svg.svg'), LOGO_SVG);
  writeFileAtomic(join(folder, 'kernel.json'), `${JSON.stringify(kernelSpec(), null, 2)}\n`);
  return folder;
}

/**
 * Removes the kernelspec below a data folder; returns its folder, or `undefined` when there was none.
 *
 * @throws FileWriteError
 */
export function uninstallKernel(dataFolder: string): string | undefined {
  const folder = kernelFolder(dataFolder, KERNEL_NAME, process.platform);
  if (!existsSync(join(folder, 'kernel.json'))) return undefined;
  try {
    rmSync(folder, { recursive: true });
  } catch (cause) {
    throw new FileWriteError(`${folder}: the kernelspec could not be removed`, { cause });
  }
  return folder;
}

/** Returns Labmill's kernelspecs below the data folders. */
export function installedKernels(dataFolders: readonly string[]): InstalledKernel[] {
  return dataFolders
    .map((dataFolder) => kernelFolder(dataFolder, KERNEL_NAME, process.platform))
    .filter((folder) => existsSync(join(folder, 'kernel.json')))
    .map((folder) => {
      const argv = readArgv(join(folder, 'kernel.json'));
      const files = argv.filter((part) => part !== '{connection_file}' && !part.startsWith('-'));
      return { folder, argv, isRunnable: files.length > 0 && files.every((file) => existsSync(file)) };
    });
}

function readArgv(path: string): string[] {
  try {
    const { argv } = JSON.parse(readFileSync(path, 'utf8')) as { argv?: unknown };
    return Array.isArray(argv) ? argv.map(String) : [];
  } catch (cause) {
    throw new FileReadError(`${path}: not a kernelspec that can be read`, { cause });
  }
}
