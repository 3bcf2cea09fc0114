import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { WebdavProcess } from './webdav-process.ts';

/** A program with the words of `dvc`. */
export interface VersioningPeer {
  readonly name: string;
  readonly version: string;
  readonly command: readonly [string, ...string[]];
}

const root = fileURLToPath(new URL('../..', import.meta.url));

/** Returns ours as built, and the `dvc` of the PATH or of .venv, if there is one. */
export function versioningPeers(): VersioningPeer[] {
  const ours = {
    name: 'labmill',
    version: 'labmill',
    command: [process.execPath, join(root, 'dist/cli/main.js'), 'data'],
  } as const;
  for (const dvc of ['dvc', join(root, '.venv/bin/dvc')]) {
    const { status, stdout } = spawnSync(dvc, ['--version'], { encoding: 'utf8' });
    if (status === 0) return [ours, { name: 'dvc', version: `dvc ${stdout.trim()}`, command: [dvc] }];
  }
  return [ours];
}

/** A git repository with `data/`, versioned by one of the peers, which knows nothing of the others' caches and settings. */
export class PeerRepository {
  readonly peer: VersioningPeer;
  /** The folder to version. */
  readonly data: string;
  readonly #folder: string;
  readonly #root: string;
  readonly #env: NodeJS.ProcessEnv;

  /** Makes the repository in an empty folder, with a copy of `source` as its data. */
  constructor(peer: VersioningPeer, folder: string, source: string) {
    this.peer = peer;
    this.#root = folder;
    this.#folder = join(folder, 'work');
    this.data = join(this.#folder, 'data');
    mkdirSync(this.#folder);
    const settings = join(folder, 'settings');
    this.#env = {
      ...process.env,
      DVC_NO_ANALYTICS: '1',
      DVC_GLOBAL_CONFIG_DIR: settings,
      DVC_SYSTEM_CONFIG_DIR: settings,
      DVC_SITE_CACHE_DIR: join(folder, 'state'),
    };
    spawnSync('git', ['init', '--quiet'], { cwd: this.#folder });
    this.run('init');
    cpSync(source, this.data, { recursive: true });
  }

  /** Runs a command and returns what it took and printed. */
  run(...args: readonly string[]): { ms: number; stdout: string } {
    const [program, ...first] = this.peer.command;
    const start = performance.now();
    const { status, stdout, stderr } = spawnSync(program, [...first, ...args], {
      cwd: this.#folder,
      env: this.#env,
      encoding: 'utf8',
      maxBuffer: 2 ** 28,
    });
    const ms = performance.now() - start;
    if (status !== 0) throw new Error(`${this.peer.name} ${args.join(' ')}: exit code ${status}\n${stdout}${stderr}`);
    return { ms, stdout };
  }

  /** Adds the remotes `folder` and `webdav`, both empty. */
  addRemotes(webdav: WebdavProcess): void {
    const name = basename(mkdtempSync(join(webdav.root, `${this.peer.name}-`)));
    this.run('remote', 'add', 'folder', join(this.#root, 'remote'));
    this.run('remote', 'add', 'webdav', `${webdav.url.replace('http:', 'webdav:')}${name}`);
    this.run('remote', 'modify', '--local', 'webdav', 'user', webdav.user);
    this.run('remote', 'modify', '--local', 'webdav', 'password', webdav.password);
  }

  /** Returns the text of `data.dvc`. */
  dvcFile(): string {
    return readFileSync(`${this.data}.dvc`, 'utf8');
  }

  removeData(): void {
    rmSync(this.data, { recursive: true, force: true });
  }

  /** Makes the repository as poor as a fresh clone. */
  removeDataAndCache(): void {
    this.removeData();
    for (const name of ['cache', 'tmp']) rmSync(join(this.#folder, '.dvc', name), { recursive: true, force: true });
    rmSync(this.#env['DVC_SITE_CACHE_DIR']!, { recursive: true, force: true });
  }

  /** Removes it with all that belongs to it. */
  remove(): void {
    rmSync(this.#root, { recursive: true, force: true });
  }
}
