import { execFileSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { vi } from 'vitest';
import { temporaryFolder } from '../../support/temporary-folder.ts';

/** The fake engines of a test, and what they were told. */
export interface FakeEngines {
  /** The command lines that were run, but for `info`, in order. */
  readonly calls: () => string[];
}

/**
 * Leaves git and engines that are given by name on the PATH, nothing else. Each is a shell line: what it does when it is
 * asked `info`, then what it does otherwise, after having written down what it was told.
 */
export function onlyEngines(engines: Readonly<Record<string, { info?: string; otherwise?: string }>>): FakeEngines {
  const bin = temporaryFolder();
  const log = join(bin, 'calls.log');
  symlinkSync(execFileSync('which', ['git'], { encoding: 'utf8' }).trim(), join(bin, 'git'));
  for (const [name, { info = 'exit 0', otherwise = 'exit 0' }] of Object.entries(engines)) {
    const path = join(bin, name);
    writeFileSync(
      path,
      `#!/bin/sh\nif [ "$1" = info ]; then ${info}; fi\necho "${name} $*" >>'${log}'\n${otherwise}\n`,
    );
    chmodSync(path, 0o755);
  }
  vi.stubEnv('PATH', bin);
  return { calls: () => (existsSync(log) ? readFileSync(log, 'utf8').trim().split('\n') : []) };
}

/** Makes a git repository with one commit on the branch `main`, and returns its folder and the commit. */
export function aRepository({ name = 'prices' } = {}): { folder: string; sha: string } {
  const folder = join(temporaryFolder(), 'repository');
  mkdirSync(folder);
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ name }));
  git(folder, 'init', '--quiet', '--initial-branch=main');
  git(folder, 'add', '.');
  git(folder, '-c', 'user.name=Ann', '-c', 'user.email=ann@example.org', 'commit', '--quiet', '-m', 'Begin');
  return { folder, sha: git(folder, 'rev-parse', 'HEAD') };
}

/** Runs git in a folder and returns what it prints. */
export function git(folder: string, ...args: readonly string[]): string {
  return execFileSync('git', args, { cwd: folder, encoding: 'utf8' }).trim();
}
