import { homedir } from 'node:os';
import { isAbsolute, join } from 'node:path';

/** The surroundings that decide where caches lie; each defaults to those of this process. */
export interface Surroundings {
  readonly env?: Readonly<Record<string, string | undefined>>;
  readonly platform?: NodeJS.Platform;
  readonly home?: string;
}

/**
 * Returns Labmill's cache folder: `labmill` in `$XDG_CACHE_HOME` if that is an absolute path (XDG Base Directory
 * Specification 0.8), else in the system's own place: `~/Library/Caches` on macOS, `%LOCALAPPDATA%` on Windows,
 * `~/.cache` elsewhere.
 */
export function cacheDirectory(surroundings: Surroundings = {}): string {
  const { env = process.env, platform = process.platform, home = homedir() } = surroundings;
  const chosen = env['XDG_CACHE_HOME'] ?? '';
  return join(isAbsolute(chosen) ? chosen : systemCaches(env, platform, home), 'labmill');
}

function systemCaches(env: NonNullable<Surroundings['env']>, platform: NodeJS.Platform, home: string): string {
  if (platform === 'darwin') return join(home, 'Library', 'Caches');
  if (platform === 'win32') return env['LOCALAPPDATA'] ?? join(home, 'AppData', 'Local');
  return join(home, '.cache');
}
