import { dirname } from 'node:path';
import { RepositoryError } from '../../base/errors.ts';
import { storedConfigValue } from '../format/config-paths.ts';
import { editConfig, removeConfigSection, renameConfigSection } from '../format/edit-config.ts';
import { checkRemoteOption } from '../format/remote-options.ts';
import type { ConfigLevel, RepositoryConfig } from './repository-config.ts';

/** Which config file a change of settings goes to. */
export interface ConfigLevelOptions {
  /** Default `repo`; what is secret belongs to `local`, which git does not see. */
  readonly level?: ConfigLevel;
}

/** Options of `RemoteList.add`. */
export interface AddRemoteOptions extends ConfigLevelOptions {
  /** Makes it the default remote. Default: false. */
  readonly default?: boolean;
  /** Replaces a remote of the same name. Default: false. */
  readonly force?: boolean;
}

/** A remote as it is listed. */
export interface RemoteEntry {
  readonly name: string;
  /** As the config has it: a relative path starts at the config's folder. */
  readonly url: string;
  readonly isDefault: boolean;
}

/** The remotes of a repository, as its config files have them. Names are in lower case, as DVC writes them. */
export class RemoteList {
  readonly #config: RepositoryConfig;
  readonly #directory: string;

  /** @param directory the folder from which relative URLs are given */
  constructor(config: RepositoryConfig, directory: string) {
    this.#config = config;
    this.#directory = directory;
  }

  /**
   * Adds a remote: a folder, or a `webdav://` or `webdavs://` URL.
   *
   * @throws RepositoryError when there is one of that name and `force` is not set
   * @throws InvalidArgumentError for a URL with a password in it
   */
  add(name: string, url: string, { level = 'repo', force = false, ...rest }: AddRemoteOptions = {}): void {
    const remote = name.toLowerCase();
    checkRemoteOption(url, 'url', url, level === 'repo');
    let text = this.#config.text(level);
    if (this.#config.read(level).remotes.has(remote)) {
      if (!force) throw new RepositoryError(`there is a remote ${JSON.stringify(remote)} already; --force replaces it`);
      text = removeConfigSection(text, this.#config.file(level), section(remote));
    }
    text = this.#edited(level, text, section(remote), 'url', url);
    if (rest.default === true) text = this.#edited(level, text, 'core', 'remote', remote);
    this.#config.write(level, text);
  }

  /** Returns the remotes of one level, or of all levels together. */
  list({ level }: ConfigLevelOptions = {}): RemoteEntry[] {
    const { remotes, sections } = level === undefined ? this.#config.merged : this.#config.read(level);
    const standard = sections.get('core')?.get('remote');
    return [...remotes].map(([name, options]) => ({
      name,
      url: options.get('url') ?? '',
      isDefault: name === standard,
    }));
  }

  /** The name of the default remote, if there is one. */
  get default(): string | undefined {
    return this.#config.get('core', 'remote');
  }

  /**
   * Makes a remote the default one; without a name, there is none any more.
   *
   * @throws RepositoryError when there is no such remote
   */
  setDefault(name: string | undefined, { level = 'repo' }: ConfigLevelOptions = {}): void {
    const remote = name?.toLowerCase();
    if (remote !== undefined) this.#require(remote);
    this.#config.write(level, this.#edited(level, this.#config.text(level), 'core', 'remote', remote));
  }

  /**
   * Sets an option of a remote, such as `user`, or removes it when there is no value.
   *
   * @throws RepositoryError when there is no such remote
   * @throws InvalidArgumentError for an option or a value that DVC does not take, and for a secret that git would keep
   */
  modify(name: string, option: string, value: string | undefined, { level = 'repo' }: ConfigLevelOptions = {}): void {
    const remote = name.toLowerCase();
    this.#require(remote);
    const url = this.#config.merged.remotes.get(remote)?.get('url') ?? '';
    if (value !== undefined) checkRemoteOption(url, option.toLowerCase(), value, level === 'repo');
    const text = this.#edited(level, this.#config.text(level), section(remote), option.toLowerCase(), value);
    this.#config.write(level, text);
  }

  /**
   * Removes a remote.
   *
   * @throws RepositoryError when there is no such remote at that level
   */
  remove(name: string, { level = 'repo' }: ConfigLevelOptions = {}): void {
    const remote = name.toLowerCase();
    const { remotes, sections } = this.#config.read(level);
    if (!remotes.has(remote)) throw unknown(remote);
    let text = removeConfigSection(this.#config.text(level), this.#config.file(level), section(remote));
    if (sections.get('core')?.get('remote') === remote) text = this.#edited(level, text, 'core', 'remote', undefined);
    this.#config.write(level, text);
  }

  /**
   * Gives a remote another name.
   *
   * @throws RepositoryError when there is none of the old name, or one of the new
   */
  rename(name: string, newName: string, { level = 'repo' }: ConfigLevelOptions = {}): void {
    const [from, to] = [name.toLowerCase(), newName.toLowerCase()];
    const { remotes, sections } = this.#config.read(level);
    if (!remotes.has(from)) throw unknown(from);
    if (this.#config.merged.remotes.has(to)) {
      throw new RepositoryError(`there is a remote ${JSON.stringify(to)} already`);
    }
    let text = renameConfigSection(this.#config.text(level), this.#config.file(level), section(from), section(to));
    if (sections.get('core')?.get('remote') === from) text = this.#edited(level, text, 'core', 'remote', to);
    this.#config.write(level, text);
  }

  #require(name: string): void {
    if (!this.#config.merged.remotes.has(name)) throw unknown(name);
  }

  #edited(level: ConfigLevel, text: string, to: string, option: string, value: string | undefined): string {
    const file = this.#config.file(level);
    const stored = value === undefined ? undefined : storedConfigValue(option, value, this.#directory, dirname(file));
    return editConfig(text, file, { section: to, option }, stored);
  }
}

function section(remote: string): string {
  return `remote "${remote}"`;
}

function unknown(name: string): RepositoryError {
  return new RepositoryError(`there is no remote ${JSON.stringify(name)}; "labmill data remote list" shows them`);
}
