import { InvalidArgumentError } from '../../base/errors.ts';

/**
 * Returns the prefix of the Python environment that is active, where its JupyterLab looks for kernels:
 * the environment's variable if one is set, else what `python3` (or `python`) on the path says.
 *
 * @throws InvalidArgumentError when there is no Python to ask
 */
export async function sysPrefix(env: Readonly<Record<string, string | undefined>> = process.env): Promise<string> {
  const fromEnvironment = env['VIRTUAL_ENV'] ?? env['CONDA_PREFIX'];
  if (fromEnvironment !== undefined) return fromEnvironment;
  const { execa } = await import('execa');
  for (const python of ['python3', 'python']) {
    const options = { env, extendEnv: false, reject: false } as const;
    const { exitCode, stdout } = await execa(python, ['-c', 'import sys; print(sys.prefix)'], options);
    if (exitCode === 0 && stdout !== '') return stdout.trim();
  }
  throw new InvalidArgumentError(
    '--sys-prefix: expected an active Python environment, found none; activate it, or name its folder with --prefix',
  );
}
