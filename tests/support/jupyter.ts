import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The repository. */
export const root: string = fileURLToPath(new URL('../..', import.meta.url));

/** A Jupyter of its own: an environment whose kernels are in a folder that goes with it. */
export interface JupyterHome extends Disposable {
  readonly folder: string;
  readonly env: NodeJS.ProcessEnv;
}

/** Returns an environment in which Jupyter knows no kernels but those installed for the user, in a fresh folder. */
export function jupyterHome(): JupyterHome {
  const folder = mkdtempSync(join(tmpdir(), 'labmill-jupyter-'));
  const env = {
    ...process.env,
    JUPYTER_DATA_DIR: join(folder, 'data'),
    JUPYTER_CONFIG_DIR: join(folder, 'config'),
    JUPYTER_RUNTIME_DIR: join(folder, 'runtime'),
    LABMILL_HISTORY: join(folder, 'history.sqlite'),
  };
  return { folder, env, [Symbol.dispose]: () => rmSync(folder, { recursive: true, force: true }) };
}

/** Installs our kernel with the command that a user would type. */
export function installKernel({ env }: JupyterHome): void {
  const cli = join(root, 'dist/cli/main.js');
  const { status, stderr } = spawnSync(process.execPath, [cli, 'kernel', 'install', '--user'], {
    env,
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(stderr);
}

/**
 * Copies a folder of the repository, without what its lab has written, to `out/NAME`, and returns the copy's path. It stays inside the
 * repository, where `labmill/…` resolves; a lab and a front end may write there.
 */
export function scratchCopy(folder: string, name: string): string {
  const copy = join(root, 'out', name, folder);
  const skipped = join(root, folder, 'out');
  rmSync(copy, { recursive: true, force: true });
  cpSync(join(root, folder), copy, { recursive: true, filter: (file) => file !== skipped });
  return copy;
}

/** Executes a notebook over itself with `jupyter nbconvert`. */
export function nbconvert(
  python: string,
  notebook: string,
  { env }: JupyterHome,
  ...flags: string[]
): { status: number | null; stderr: string } {
  const args = ['-m', 'nbconvert', '--to', 'notebook', '--execute', '--inplace', ...flags, notebook];
  return spawnSync(python, args, { env, encoding: 'utf8' });
}
