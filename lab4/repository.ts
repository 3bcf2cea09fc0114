import { randomBytes } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { writeCsv } from 'labmill/data';
import { DataRepository, type TransferResult } from 'labmill/versioning';
import { type Content, contentOf } from './content.ts';
import { git } from './git.ts';
import type { DataVersion } from './passengers.ts';
import { startWebdavServer } from './webdav-server.ts';

/** The tracked file; the same name in each version. */
export const dataFile = 'passengers.csv';

/** Where the remotes keep their files, in the repository, whose git and DVC ignore it. */
export const remoteFolders = { storage: 'remotes/storage', webdav: 'remotes/webdav' } as const;

/** A WebDAV server that runs, and how to log in. */
export interface Webdav {
  readonly url: string;
  readonly user: string;
  readonly password: string;
  close(): Promise<void>;
}

/** A version that is in git and in the data repository. */
export interface CommittedVersion {
  readonly tag: string;
  readonly message: string;
  readonly commit: string;
  /** The object of the data file, as DVC names it. */
  readonly md5: string;
  readonly content: Content;
}

/** What was pushed to a remote. */
export interface Push {
  readonly remote: string;
  readonly url: string;
  readonly objects: number;
  readonly sizeBytes: number;
  readonly durationMs: number;
}

/** Starts the server of the second remote, with a password of its own. */
export async function startWebdav(root: string): Promise<Webdav> {
  const account = { user: 'lab', password: randomBytes(12).toString('hex') };
  const server = await startWebdavServer({ root: join(root, remoteFolders.webdav), ...account });
  return { url: server.url.replace('http:', 'webdav:'), ...account, close: () => server.close() };
}

/**
 * Makes a git and data repository with two remotes in an empty folder, committed. The URLs are in `.dvc/config`, which git
 * tracks, so that each clone has them; the WebDAV account is in `.dvc/config.local`, which git ignores.
 */
export async function createRepository(root: string, webdav: Webdav): Promise<DataRepository> {
  await git(root, 'init', '--quiet', '--initial-branch=main');
  await identify(root);
  const data = await DataRepository.init(root);
  for (const file of ['.gitignore', '.dvcignore']) writeFileSync(join(root, file), '/remotes\n', { flag: 'a' });
  data.remotes.add('storage', join(root, remoteFolders.storage), { default: true });
  data.remotes.add('webdav', webdav.url);
  logIn(data, webdav);
  await git(root, 'add', '.gitignore', '.dvcignore', '.dvc');
  await git(root, 'commit', '--quiet', '--message=Set up data versions with two remotes');
  return data;
}

/** Clones a repository with git, which brings everything but the data. */
export async function cloneRepository(from: string, to: string, webdav: Webdav): Promise<DataRepository> {
  await git('.', 'clone', '--quiet', from, to);
  const data = DataRepository.open(to);
  logIn(data, webdav);
  return data;
}

/** Writes a version over the one before it, and commits and tags it. */
export async function commitVersion(data: DataRepository, version: DataVersion): Promise<CommittedVersion> {
  const { tag, message, passengers } = version;
  const path = join(data.root, dataFile);
  writeCsv(path, passengers);
  const [added] = await data.add([dataFile]);
  await git(data.root, 'add', '.gitignore', `${dataFile}.dvc`);
  await git(data.root, 'commit', '--quiet', `--message=${message}`);
  await git(data.root, 'tag', tag);
  const commit = await git(data.root, 'rev-parse', 'HEAD');
  return { tag, message, commit, md5: added!.id, content: contentOf(readFileSync(path)) };
}

/** Brings the data of all tags to a remote. Throws what kept an object from getting there. */
export async function pushAll(data: DataRepository, remote: string): Promise<Push> {
  const start = performance.now();
  const { transferred, bytes, failed }: TransferResult = await data.push([], { remote, allTags: true });
  if (failed[0] !== undefined) throw failed[0].error;
  const { url } = data.remotes.list().find(({ name }) => name === remote)!;
  return { remote, url, objects: transferred, sizeBytes: bytes, durationMs: performance.now() - start };
}

/** Git's configuration of this one repository. */
async function identify(root: string): Promise<void> {
  await git(root, 'config', 'user.name', 'Lab 4');
  await git(root, 'config', 'user.email', 'lab4@labmill.example');
}

function logIn(data: DataRepository, { user, password }: Webdav): void {
  data.remotes.modify('webdav', 'user', user, { level: 'local' });
  data.remotes.modify('webdav', 'password', password, { level: 'local' });
}
