import { posix, win32 } from 'node:path';
import type { Machine } from '../../install/jupyter-paths.ts';

/**
 * Returns the file in which kernels keep their inputs: what `LABMILL_HISTORY` says, else one in the user's folder for state
 * (XDG base directories; Apple's and Microsoft's counterparts). `undefined` where it says `off`.
 */
export function historyFile({ platform, env, home }: Machine): string | undefined {
  const path = platform === 'win32' ? win32 : posix;
  const chosen = env['LABMILL_HISTORY'];
  if (chosen === 'off') return undefined;
  if (chosen !== undefined && chosen !== '') return path.resolve(chosen);
  return path.join(stateFolder({ platform, env, home }, path), 'labmill', 'history.sqlite');
}

function stateFolder({ platform, env, home }: Machine, path: typeof posix): string {
  if (platform === 'darwin') return path.join(home, 'Library', 'Application Support');
  if (platform === 'win32') return env['LOCALAPPDATA'] ?? path.join(home, 'AppData', 'Local');
  // An empty or relative path counts as none.
  const { XDG_STATE_HOME = '' } = env;
  return path.isAbsolute(XDG_STATE_HOME) ? XDG_STATE_HOME : path.join(home, '.local', 'state');
}
