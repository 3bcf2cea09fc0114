import { CellSyntaxError } from './cell-syntax-error.ts';
import { compileCell, type NotebookNames } from './compile-cell.ts';
import { wantsMoreLines } from './magics/magics.ts';

/** The answer to `is_complete_request`. */
export type Completeness = { status: 'complete' | 'invalid' } | { status: 'incomplete'; indent: string };

/** Tells whether a text can be run, is wrong, or wants more lines; then also how far the next one is indented. */
export function isComplete(source: string, notebook: NotebookNames): Completeness {
  if (wantsMoreLines(source)) return { status: 'incomplete', indent: '' };
  try {
    compileCell(source, notebook);
    return { status: 'complete' };
  } catch (error) {
    if (!(error instanceof CellSyntaxError)) throw error;
    return error.isIncomplete ? { status: 'incomplete', indent: nextIndent(source) } : { status: 'invalid' };
  }
}

function nextIndent(source: string): string {
  const last = source.trimEnd().split('\n').at(-1)!;
  const indent = /^\s*/.exec(last)![0];
  return /[{([]\s*$/.test(last) ? `${indent}  ` : indent;
}
