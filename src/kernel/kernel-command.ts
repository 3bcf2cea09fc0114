import { fileURLToPath } from 'node:url';
import { moduleUrl } from '../base/module-url.ts';

/**
 * Flags that the kernel's Node needs. Without `--no-force-async-hooks-checks` Node aborts when
 * an interrupt terminates a callback ("async hook stack has become corrupted").
 */
const NODE_FLAGS = ['--no-force-async-hooks-checks', '--disable-warning=ExperimentalWarning'];

/**
 * Returns the command line that starts a kernel on a connection file.
 *
 * @param connectionFile a path, or Jupyter's `{connection_file}` for a kernelspec
 */
export function kernelCommand(connectionFile: string): string[] {
  return [process.execPath, ...NODE_FLAGS, fileURLToPath(moduleUrl('./main', import.meta.url)), connectionFile];
}
