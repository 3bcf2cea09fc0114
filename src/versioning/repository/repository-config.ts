import { existsSync, readFileSync } from 'node:fs';
import { homedir, platform } from 'node:os';
import { dirname, join } from 'node:path';
import { FileReadError, InvalidArgumentError, RepositoryError } from '../../base/errors.ts';
import { writeFileAtomic } from '../../base/write-atomic.ts';
import { type Config, mergeConfigs, parseConfig } from '../format/config.ts';
import { resolveConfigPaths } from '../format/config-paths.ts';
import type { RemoteSettings } from '../remote/remote.ts';
import type { CacheSettings, LinkType } from '../store/object-cache.ts';

/** Where a setting is kept: for the machine, for the user, in the repository, or in it for this user only (not in git). */
export type ConfigLevel = 'system' | 'global' | 'repo' | 'local';

/** DVC's config files from the weakest to the strongest. */
const levels: readonly ConfigLevel[] = ['system', 'global', 'repo', 'local'];

const linkTypes: readonly string[] = ['reflink', 'hardlink', 'symlink', 'copy'];

/** The settings of a repository, in DVC's config files. */
export class RepositoryConfig {
  readonly #root: string;
  #merged: Config | undefined;

  constructor(root: string) {
    this.#root = root;
  }

  /** Returns an option of the merged config, such as `core`, `remote`; paths are absolute. */
  get(section: string, option: string): string | undefined {
    return this.merged.sections.get(section)?.get(option);
  }

  /** What all levels say together, paths absolute. */
  get merged(): Config {
    this.#merged ??= mergeConfigs(levels.map((level) => this.#resolved(level)));
    return this.#merged;
  }

  /** Returns what one level says, as it is written there; empty when it has no file. */
  read(level: ConfigLevel): Config {
    return parseConfig(this.text(level), this.file(level));
  }

  /** Returns the text of a level's file, empty when there is none. */
  text(level: ConfigLevel): string {
    const file = this.file(level);
    try {
      return existsSync(file) ? readFileSync(file, 'utf8') : '';
    } catch (cause) {
      throw new FileReadError(`${file}: could not be read: ${(cause as Error).message}`, { cause });
    }
  }

  /** Replaces the text of a level's file. */
  write(level: ConfigLevel, text: string): void {
    parseConfig(text, this.file(level));
    writeFileAtomic(this.file(level), text);
    this.#merged = undefined;
  }

  /** Returns the file of a level. */
  file(level: ConfigLevel): string {
    if (level === 'repo') return join(this.#root, '.dvc', 'config');
    if (level === 'local') return join(this.#root, '.dvc', 'config.local');
    return join(level === 'global' ? globalDirectory() : systemDirectory(), 'config');
  }

  /** Whether the repository does without git. */
  get isNoScm(): boolean {
    return this.#isSet('core', 'no_scm');
  }

  /**
   * Makes sure that DVC locks this repository as we do.
   *
   * @throws RepositoryError when it is told to lock with hard links instead
   */
  requireFlock(): void {
    if (!this.#isSet('core', 'hardlink_lock')) return;
    throw new RepositoryError('core.hardlink_lock: expected DVC to lock with flock, as Labmill does; unset the option');
  }

  /** Whether changed `.dvc` and `.gitignore` files are staged in git at once. */
  get isAutostage(): boolean {
    return this.#isSet('core', 'autostage');
  }

  /**
   * The cache's folder and how it is used.
   *
   * @throws InvalidArgumentError for a link type that does not exist
   */
  get cache(): CacheSettings {
    const types = this.get('cache', 'type')
      ?.split(',')
      .map((type) => type.trim().toLowerCase());
    const unknown = types?.find((type) => !linkTypes.includes(type));
    if (unknown !== undefined) {
      throw new InvalidArgumentError(`cache.type: expected ${linkTypes.join(', ')}, got ${JSON.stringify(unknown)}`);
    }
    return {
      directory: this.get('cache', 'dir') ?? join(this.#root, '.dvc', 'cache'),
      isShared: this.get('cache', 'shared') === 'group',
      notesDirectory: join(this.#root, '.dvc', 'tmp', 'labmill'),
      ...(types !== undefined && { linkTypes: types as LinkType[] }),
    };
  }

  /**
   * Returns the name and the settings of a remote, the default one unless it is named.
   *
   * @throws RepositoryError when there is none
   */
  remote(name: string | undefined = this.get('core', 'remote')): { name: string; settings: RemoteSettings } {
    if (name === undefined) {
      throw new RepositoryError(
        'expected a remote, found no default one; set it up with "labmill data remote add --default NAME URL"',
      );
    }
    return { name, settings: this.#settings(name, new Set()) };
  }

  /** Follows `remote://other/path`, which is a path on another remote with that one's settings. */
  #settings(name: string, seen: ReadonlySet<string>): RemoteSettings {
    const options = this.merged.remotes.get(name.toLowerCase()) ?? this.merged.remotes.get(name);
    const url = options?.get('url');
    if (options === undefined || url === undefined || seen.has(name)) {
      const known = [...this.merged.remotes.keys()].map((other) => JSON.stringify(other)).join(', ');
      throw new RepositoryError(
        `expected a remote with a url, got ${JSON.stringify(name)}; there is ${known || 'none'}`,
      );
    }
    const [, base, path] = /^remote:\/\/([^/]+)\/?(.*)$/.exec(url) ?? [];
    const own = Object.fromEntries(options);
    if (base === undefined) return { ...own, url };
    const inherited = this.#settings(base, new Set([...seen, name]));
    return { ...inherited, ...own, url: `${inherited.url.replace(/\/+$/, '')}/${path}` };
  }

  #resolved(level: ConfigLevel): Config {
    return resolveConfigPaths(this.read(level), dirname(this.file(level)), homedir());
  }

  #isSet(section: string, option: string): boolean {
    return ['true', '1', 'yes', 'on'].includes(this.get(section, option)?.toLowerCase() ?? '');
  }
}

/** Where DVC keeps a user's config (its `platformdirs`). */
function globalDirectory(): string {
  const { DVC_GLOBAL_CONFIG_DIR, XDG_CONFIG_HOME, LOCALAPPDATA } = process.env;
  if (DVC_GLOBAL_CONFIG_DIR !== undefined && DVC_GLOBAL_CONFIG_DIR !== '') return DVC_GLOBAL_CONFIG_DIR;
  if (platform() === 'darwin') return join(homedir(), 'Library', 'Application Support', 'dvc');
  if (platform() === 'win32') return join(LOCALAPPDATA ?? join(homedir(), 'AppData', 'Local'), 'iterative', 'dvc');
  return join(XDG_CONFIG_HOME?.trim() || join(homedir(), '.config'), 'dvc');
}

function systemDirectory(): string {
  const { DVC_SYSTEM_CONFIG_DIR, XDG_CONFIG_DIRS, ALLUSERSPROFILE } = process.env;
  if (DVC_SYSTEM_CONFIG_DIR !== undefined && DVC_SYSTEM_CONFIG_DIR !== '') return DVC_SYSTEM_CONFIG_DIR;
  if (platform() === 'darwin') return join('/Library', 'Application Support', 'dvc');
  if (platform() === 'win32') return join(ALLUSERSPROFILE ?? 'C:\\ProgramData', 'iterative', 'dvc');
  return join(XDG_CONFIG_DIRS?.split(':')[0]?.trim() || '/etc/xdg', 'dvc');
}
