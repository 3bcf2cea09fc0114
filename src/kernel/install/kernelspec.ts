import { existsSync, realpathSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { FileWriteError, InvalidArgumentError } from '../../base/errors.ts';
import { writeFileAtomic } from '../../base/write-atomic.ts';
import { kernelCommand } from '../kernel-command.ts';
import { isLabmillKernel } from './installed-kernels.ts';
import { kernelFolder } from './jupyter-paths.ts';
import { LOGO_SVG } from './logo.ts';
import { stablePath } from './stable-path.ts';

/** The kernel's name in Jupyter, unless another is given. */
export const KERNEL_NAME = 'labmill';

/** The content of `kernel.json` (Jupyter client documentation, "Kernel specs"). */
export interface KernelSpec {
  readonly argv: readonly string[];
  readonly display_name: string;
  readonly language: string;
  /** Front ends that are not told so send a signal, which Windows does not have. */
  readonly interrupt_mode: 'message';
  /** `labmill` marks our kernelspecs, whatever they are called. */
  readonly metadata: { readonly debugger: boolean; readonly labmill: true };
}

/** What tells one kernelspec of Labmill from another. */
export interface KernelSpecOptions {
  /** The name in notebooks and on command lines, which Jupyter has in lower case; default: `labmill`. */
  readonly name?: string;
  /** The name in launchers and menus; default: `TypeScript (Labmill)`, or `TypeScript (NAME)`. */
  readonly displayName?: string;
}

/**
 * Returns the kernelspec: it names this process's Node and this installation by absolute paths, so that a front end
 * started from anywhere finds them. Paths that the next upgrade takes away are avoided where there are better ones.
 */
export function kernelSpec({ name = KERNEL_NAME, displayName }: KernelSpecOptions = {}): KernelSpec {
  return {
    // Some clients substitute only an argument that is exactly this.
    argv: kernelCommand('{connection_file}').map((part) => stablePath(part, isSameFile)),
    display_name: displayName ?? `TypeScript (${name === KERNEL_NAME ? 'Labmill' : name})`,
    language: 'typescript',
    interrupt_mode: 'message',
    metadata: { debugger: false, labmill: true },
  };
}

/**
 * Writes the kernelspec below a Jupyter data folder, over an older one of the same name, and returns its folder.
 *
 * @throws InvalidArgumentError for a name that Jupyter does not take, or that another kernel has
 * @throws FileWriteError
 */
export function installKernel(dataFolder: string, options: KernelSpecOptions = {}): string {
  const folder = folderOf(dataFolder, options.name);
  if (existsSync(join(folder, 'kernel.json'))) requireOurs(folder, 'choose another --name');
  writeFileAtomic(join(folder, 'logo-svg.svg'), LOGO_SVG);
  writeFileAtomic(join(folder, 'kernel.json'), `${JSON.stringify(kernelSpec(options), null, 2)}\n`);
  return folder;
}

/**
 * Removes the kernelspec below a data folder; returns its folder, or `undefined` when there was none.
 *
 * @throws InvalidArgumentError when the kernel of this name is another one
 * @throws FileWriteError
 */
export function uninstallKernel(
  dataFolder: string,
  { name }: Pick<KernelSpecOptions, 'name'> = {},
): string | undefined {
  const folder = folderOf(dataFolder, name);
  if (!existsSync(join(folder, 'kernel.json'))) return undefined;
  requireOurs(folder, 'labmill does not remove it');
  try {
    rmSync(folder, { recursive: true });
  } catch (cause) {
    throw new FileWriteError(`${folder}: the kernelspec could not be removed`, { cause });
  }
  return folder;
}

function folderOf(dataFolder: string, name: string = KERNEL_NAME): string {
  // Jupyter's rule (jupyter_client, `_is_valid_kernel_name`).
  if (!/^[\w.-]+$/.test(name))
    throw new InvalidArgumentError(
      `--name: expected ASCII letters, digits, ".", "_" and "-", as Jupyter does, got ${JSON.stringify(name.slice(0, 80))}`,
    );
  return kernelFolder(dataFolder, name.toLowerCase(), process.platform);
}

function requireOurs(folder: string, advice: string): void {
  if (isLabmillKernel(folder)) return;
  throw new InvalidArgumentError(`${folder}: expected a kernelspec of labmill, got that of another kernel; ${advice}`);
}

function isSameFile(path: string, link: string): boolean {
  return existsSync(link) && realpathSync(link) === realpathSync(path);
}
