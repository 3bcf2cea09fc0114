import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { DataRepository } from 'labmill/versioning';
import { temporaryFolder } from './temporary-folder.ts';

/** The files of a tree by path, with their texts. */
export type Tree = Readonly<Record<string, string>>;

/** Returns a new data repository without git, with these files in its workspace. */
export async function dataRepository(files: Tree = {}): Promise<DataRepository> {
  const repository = await DataRepository.init(temporaryFolder(), { noScm: true });
  writeTree(repository.root, files);
  return repository;
}

/** Returns a new data repository in a git repository of its own, with one commit. */
export async function gitDataRepository(files: Tree = {}): Promise<DataRepository> {
  const folder = temporaryFolder();
  git(folder, 'init', '--quiet', '--initial-branch=main');
  const repository = await DataRepository.init(folder);
  writeTree(repository.root, files);
  commitAll(repository.root, 'start');
  return repository;
}

/** Runs git in a folder, apart from the user's settings, and returns what it prints. */
export function git(folder: string, ...args: string[]): string {
  const identity = ['-c', 'user.name=Test', '-c', 'user.email=test@example.org', '-c', 'commit.gpgsign=false'];
  const env = { ...process.env, GIT_CONFIG_GLOBAL: '/dev/null', GIT_CONFIG_SYSTEM: '/dev/null' };
  return execFileSync('git', [...identity, ...args], {
    cwd: folder,
    env,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
  });
}

/** Commits all there is. */
export function commitAll(folder: string, message: string): void {
  git(folder, 'add', '--all');
  git(folder, 'commit', '--quiet', '--allow-empty', '--message', message);
}

/** Writes files, with the folders they need. */
export function writeTree(root: string, files: Tree): void {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
}

/** Returns the files below a folder with their texts; what is in `.dvc` and `.git` is left out. */
export function readTree(root: string, folder = ''): Record<string, string> {
  return Object.fromEntries(
    readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
      const path = join(folder, entry.name);
      if (['.dvc', '.git'].includes(entry.name)) return [];
      if (entry.isDirectory()) return Object.entries(readTree(root, path));
      return [[path, readFileSync(join(root, path), 'utf8')]];
    }),
  );
}

/** Returns the names of all files below a folder, sorted. */
export function namesBelow(folder: string): string[] {
  const entries = readdirSync(folder, { withFileTypes: true, recursive: true });
  return entries
    .filter((entry) => !entry.isDirectory())
    .map((entry) => entry.name)
    .toSorted();
}

/** Removes a path of the workspace. */
export function removePath({ root }: DataRepository, path: string): void {
  rmSync(join(root, path), { recursive: true, force: true });
}

/** Changes the bytes of a cached object behind everyone's back: same size, still read-only. */
export function damageObject({ cache }: DataRepository, id: string): void {
  const path = cache.path(id);
  const bytes = readFileSync(path);
  chmodSync(path, 0o644);
  bytes[0] = (bytes[0] ?? 0) ^ 1;
  writeFileSync(path, bytes);
  chmodSync(path, 0o444);
}
