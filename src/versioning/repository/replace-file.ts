import { existsSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { FileReadError, FileWriteError } from '../../base/errors.ts';
import { writeFlushed } from '../../base/write-atomic.ts';
import type { RepositoryContext } from './context.ts';

/** Returns the text of a file, given from the root, or nothing when there is none. */
export function readTextFile({ root }: RepositoryContext, path: string): string | undefined {
  try {
    return existsSync(join(root, path)) ? readFileSync(join(root, path), 'utf8') : undefined;
  } catch (cause) {
    throw new FileReadError(`${path}: could not be read: ${(cause as Error).message}`, { cause });
  }
}

/**
 * Gives a small file of the workspace a new text, or removes it when there is none; returns whether that changed anything.
 * The text is written within `.dvc/tmp`, so that not even a killed process leaves anything beside the file.
 *
 * @param path from the root
 * @throws FileWriteError; what stood there is kept
 */
export function replaceTextFile(context: RepositoryContext, path: string, text: string | undefined): boolean {
  const target = join(context.root, path);
  if (readTextFile(context, path) === text) return false;
  const temporary = context.index.temporary.next();
  try {
    if (text === undefined) rmSync(target);
    else {
      writeFlushed(temporary, Buffer.from(text));
      renameSync(temporary, target);
    }
    return true;
  } catch (cause) {
    rmSync(temporary, { force: true });
    throw new FileWriteError(`${path}: could not be written: ${(cause as Error).message}. What stood there is kept.`, {
      cause,
    });
  }
}
