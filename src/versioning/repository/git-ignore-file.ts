import { posix } from 'node:path';
import { addGitIgnoreEntry, removeGitIgnoreEntry } from '../format/git-ignore.ts';
import type { RepositoryContext } from './context.ts';
import { readTextFile, replaceTextFile } from './replace-file.ts';

/** Has git ignore a tracked path, by the `.gitignore` beside it; returns that file when it was changed. */
export function ignoreInGit(context: RepositoryContext, path: string): string | undefined {
  const file = gitIgnoreOf(path);
  const text = addGitIgnoreEntry(readTextFile(context, file), posix.basename(path));
  return replaceTextFile(context, file, text) ? file : undefined;
}

/** Takes back what `ignoreInGit` did; returns the `.gitignore` when it was changed. */
export function noticeInGit(context: RepositoryContext, path: string): string | undefined {
  const file = gitIgnoreOf(path);
  const before = readTextFile(context, file);
  if (before === undefined) return undefined;
  return replaceTextFile(context, file, removeGitIgnoreEntry(before, posix.basename(path))) ? file : undefined;
}

function gitIgnoreOf(path: string): string {
  return posix.join(posix.dirname(path), '.gitignore');
}
