import { homedir } from 'node:os';
import { posix, win32 } from 'node:path';

/** The machine as the path rules see it; given by tests, read from the process otherwise. */
export interface Machine {
  readonly platform: NodeJS.Platform;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly home: string;
}

/** Returns the machine that this process runs on. */
export function thisMachine(): Machine {
  return { platform: process.platform, env: process.env, home: homedir() };
}

// The rules are those of jupyter_core 5, `paths.py`; an empty variable counts as none.

/** Returns the user's Jupyter data folder. */
export function userDataFolder(machine: Machine): string {
  const { platform, env, home } = machine;
  const path = pathOf(platform);
  if (env['JUPYTER_DATA_DIR']) return env['JUPYTER_DATA_DIR'];
  if (isSwitchedOn(env['JUPYTER_PLATFORM_DIRS'])) return platformDataFolder(machine);
  if (platform === 'darwin') return path.join(home, 'Library', 'Jupyter');
  if (platform !== 'win32') return path.join(env['XDG_DATA_HOME'] || path.join(home, '.local', 'share'), 'jupyter');
  if (env['APPDATA']) return path.join(env['APPDATA'], 'jupyter');
  return path.join(env['JUPYTER_CONFIG_DIR'] || path.join(home, '.jupyter'), 'data');
}

/** Returns the Jupyter data folder below a prefix, such as a Python environment. */
export function prefixDataFolder(prefix: string, platform: NodeJS.Platform): string {
  return pathOf(platform).join(prefix, 'share', 'jupyter');
}

/** Returns every data folder in which Jupyter would look for kernels, the most important first. */
export function dataFolders(machine: Machine, prefixes: readonly string[] = []): string[] {
  const { platform, env } = machine;
  const extra = (env['JUPYTER_PATH'] ?? '').split(pathOf(platform).delimiter).filter((folder) => folder !== '');
  const user = [userDataFolder(machine)];
  const environment = prefixes.map((prefix) => prefixDataFolder(prefix, platform));
  const own = prefersEnvironment(env) ? [...environment, ...user] : [...user, ...environment];
  return [...new Set([...extra, ...own, ...systemFolders(machine)])];
}

/** Returns the folder of one kernel below a data folder. */
export function kernelFolder(dataFolder: string, name: string, platform: NodeJS.Platform): string {
  return pathOf(platform).join(dataFolder, 'kernels', name);
}

/** Where the platform itself, rather than Jupyter's habit, has data of programs. */
function platformDataFolder({ platform, env, home }: Machine): string {
  const path = pathOf(platform);
  if (platform === 'darwin') return path.join(home, 'Library', 'Application Support', 'Jupyter');
  if (platform === 'win32') return path.join(env['LOCALAPPDATA'] || path.join(home, 'AppData', 'Local'), 'Jupyter');
  return path.join(env['XDG_DATA_HOME'] || path.join(home, '.local', 'share'), 'jupyter');
}

/** Everyone may write below `%PROGRAMDATA%`, so Jupyter looks there only when told to. */
function systemFolders({ platform, env }: Machine): string[] {
  if (platform !== 'win32') return ['/usr/local/share/jupyter', '/usr/share/jupyter'];
  const isUsed = isSwitchedOn(env['JUPYTER_USE_PROGRAMDATA']) && env['PROGRAMDATA'];
  return isUsed ? [win32.join(env['PROGRAMDATA']!, 'jupyter')] : [];
}

function prefersEnvironment(env: Machine['env']): boolean {
  const told = env['JUPYTER_PREFER_ENV_PATH'];
  if (told !== undefined) return isSwitchedOn(told);
  return Boolean(env['VIRTUAL_ENV'] || (env['CONDA_PREFIX'] && (env['CONDA_DEFAULT_ENV'] ?? 'base') !== 'base'));
}

function isSwitchedOn(value: string | undefined): boolean {
  return value !== undefined && !['no', 'n', 'false', 'off', '0', '0.0'].includes(value.toLowerCase());
}

function pathOf(platform: NodeJS.Platform): typeof posix {
  return platform === 'win32' ? win32 : posix;
}
