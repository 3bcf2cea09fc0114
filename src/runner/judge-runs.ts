import { join } from 'node:path';
import { InvalidArgumentError } from '../base/errors.ts';
import { readExecutedRun, spanMs } from './executed-run.ts';
import { findNotebooks } from './find-notebooks.ts';
import { type NotebooksRun, writeIndex } from './run-notebooks.ts';

/**
 * Judges the executed notebooks of a folder by the figures they hold, whoever ran them and when, and writes the page over
 * all of them, `index.html`, into the folder. A gate that has nothing to judge does not open.
 *
 * @throws InvalidArgumentError when there is no folder, no notebook in it, or no figure that was held against something
 * @throws FileReadError, NotebookFormatError for a notebook that cannot be read
 * @throws FileWriteError when the page cannot be written
 */
export async function judgeRuns(folder: string): Promise<NotebooksRun> {
  const runs = await Promise.all((await findNotebooks([folder])).map(readExecutedRun));
  if (!runs.some(({ results }) => results.some(({ passed }) => passed !== undefined))) {
    throw new InvalidArgumentError(`${folder}: expected executed notebooks with figures that were checked, found none`);
  }
  const durationMs = spanMs(runs.flatMap(({ notebook }) => notebook.cells));
  const reportPath = await writeIndex(runs, durationMs, join(folder, 'index.html'));
  const hasHeld = runs.every(({ status }) => status === 'passed');
  return { status: hasHeld ? 'passed' : 'failed', durationMs, runs, reportPath };
}
