import { open } from 'node:fs/promises';
import { FileReadError, NotebookFormatError } from '../base/errors.ts';
import { mendCellIds } from './cell-ids.ts';
import type { Notebook } from './document.ts';
import { parseJson } from './json-text.ts';
import { toNotebook } from './notebook-schema.ts';

/** A notebook as read, and what had to be mended in it. */
export interface ReadNotebook {
  readonly notebook: Notebook;
  /** One sentence for each thing that was mended, such as a duplicate cell id. */
  readonly warnings: readonly string[];
}

/** Options of `readNotebook`. */
export interface ReadNotebookOptions {
  /** The largest file that is read. Default: 100 MB. */
  readonly maxBytes?: number;
}

/**
 * Reads a notebook file.
 *
 * @throws FileReadError when there is no such file, or it cannot be read
 * @throws NotebookFormatError when it is larger than `maxBytes` or no notebook of nbformat 4
 */
export async function readNotebook(path: string, options: ReadNotebookOptions = {}): Promise<ReadNotebook> {
  return parseNotebook(await readText(path, options.maxBytes ?? 100_000_000), path);
}

/**
 * Parses the text of a notebook file.
 *
 * @param where names the text in messages, a path as a rule
 * @throws NotebookFormatError that says what is wrong, and where
 */
export function parseNotebook(text: string, where: string): ReadNotebook {
  return mendCellIds(toNotebook(parse(text, where), where));
}

function parse(text: string, where: string): unknown {
  try {
    return parseJson(text);
  } catch (cause) {
    const detail = text.trim() === '' ? 'an empty file' : (cause as Error).message;
    throw new NotebookFormatError(`${where}: expected a notebook (JSON), got ${detail}`, { cause });
  }
}

async function readText(path: string, maxBytes: number): Promise<string> {
  try {
    await using file = await open(path);
    const { size } = await file.stat();
    if (size > maxBytes) {
      throw new NotebookFormatError(`${path}: expected a notebook of at most ${maxBytes} bytes, got ${size}`);
    }
    return await file.readFile('utf8');
  } catch (cause) {
    if (cause instanceof NotebookFormatError) throw cause;
    throw new FileReadError(`${path}: could not be read: ${(cause as Error).message}`, { cause });
  }
}
