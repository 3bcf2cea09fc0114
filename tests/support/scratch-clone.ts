import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { root } from './jupyter.ts';

/** A clone of this repository in the temporary folder. */
export interface ScratchClone extends Disposable {
  readonly folder: string;
}

/** Clones this repository, on a branch `main` whose last commit is the files as they stand, committed or not. */
export function scratchClone(): ScratchClone {
  const folder = mkdtempSync(join(tmpdir(), 'labmill-clone-'));
  git(root, 'clone', '--quiet', root, folder);
  git(folder, 'checkout', '--quiet', '-B', 'main');
  const files = git(root, 'ls-files', '-z', '--cached', '--others', '--exclude-standard').split('\0').filter(Boolean);
  for (const file of files) {
    if (existsSync(join(root, file))) cpSync(join(root, file), join(folder, file));
    else rmSync(join(folder, file), { force: true });
  }
  git(folder, 'add', '--all');
  const author = ['-c', 'user.name=Labmill', '-c', 'user.email=labmill@example.org'];
  git(folder, ...author, 'commit', '--quiet', '--allow-empty', '--message', 'As it stands');
  return { folder, [Symbol.dispose]: () => rmSync(folder, { recursive: true, force: true }) };
}

/** Runs git in a folder and returns what it prints. */
export function git(folder: string, ...args: readonly string[]): string {
  return execFileSync('git', args, { cwd: folder, encoding: 'utf8', maxBuffer: 100_000_000 });
}
