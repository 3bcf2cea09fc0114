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

/** Returns the user's Jupyter data folder (Jupyter's "Common directories and file locations", "Data files"). */
export function userDataFolder({ platform, env, home }: Machine): string {
  const path = pathOf(platform);
  if (env['JUPYTER_DATA_DIR'] !== undefined) return env['JUPYTER_DATA_DIR'];
  if (platform === 'darwin') return path.join(home, 'Library', 'Jupyter');
  if (platform === 'win32') return path.join(env['APPDATA'] ?? path.join(home, 'AppData', 'Roaming'), 'jupyter');
  return path.join(env['XDG_DATA_HOME'] ?? path.join(home, '.local', 'share'), 'jupyter');
}

/** Returns the Jupyter data folder below a prefix, such as a Python environment. */
export function prefixDataFolder(prefix: string, platform: NodeJS.Platform): string {
  return pathOf(platform).join(prefix, 'share', 'jupyter');
}

/** Returns every data folder in which Jupyter would look for kernels, the most important first. */
export function dataFolders(machine: Machine, prefixes: readonly string[] = []): string[] {
  const { platform, env } = machine;
  const system =
    platform === 'win32'
      ? [pathOf(platform).join(env['PROGRAMDATA'] ?? 'C:\\ProgramData', 'jupyter')]
      : ['/usr/local/share/jupyter', '/usr/share/jupyter'];
  const extra = (env['JUPYTER_PATH'] ?? '').split(pathOf(platform).delimiter).filter((folder) => folder !== '');
  const fromPrefixes = prefixes.map((prefix) => prefixDataFolder(prefix, platform));
  return [...new Set([...extra, userDataFolder(machine), ...fromPrefixes, ...system])];
}

/** Returns the folder of one kernel below a data folder. */
export function kernelFolder(dataFolder: string, name: string, platform: NodeJS.Platform): string {
  return pathOf(platform).join(dataFolder, 'kernels', name);
}

function pathOf(platform: NodeJS.Platform): typeof posix {
  return platform === 'win32' ? win32 : posix;
}
