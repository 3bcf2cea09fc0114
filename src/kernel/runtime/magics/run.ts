import { readFileSync, realpathSync } from 'node:fs';
import { moduleUrl } from '../../../base/module-url.ts';
import type { Source } from '../../thread-messages.ts';
import type * as NotebookCells from '../modules/notebook-cells.ts';
import { pathArgument } from './path-argument.ts';
import { type LineMagic, type MagicContext, UsageError } from './registry.ts';
import { words } from './words.ts';

/** `%run`: runs a file, or the cells of a notebook, as if it stood in the cell. */
export const run: LineMagic = {
  summary: 'runs a file, or the cells of a notebook; its names are there afterwards',
  usage: 'file.ts | notebook.ipynb [arguments]',
  async run(args, context) {
    const [name, ...rest] = words(args);
    if (name === undefined) throw new UsageError('%run: expected a file: %run file.ts | notebook.ipynb [arguments]');
    const file = pathOf(pathArgument(name));
    const sources = file.endsWith('.ipynb') ? await cellsOf(file, name, context) : [sourceOf(file, name)];
    const outer = { argv: process.argv, require: globalThis.require };
    const restore = (): void => {
      process.argv = outer.argv;
      globalThis.require = outer.require;
    };
    context.onEnd(restore);
    process.argv = [process.execPath, file, ...rest];
    globalThis.require = context.modules.require(file);
    try {
      for (const source of sources) await context.runSource(source);
    } finally {
      restore();
    }
  },
};

function pathOf(path: string): string {
  try {
    return realpathSync(path);
  } catch (cause) {
    throw new UsageError(`%run: there is no file ${JSON.stringify(path)}`, { cause });
  }
}

function sourceOf(file: string, title: string): Source {
  const text = readFileSync(file, 'utf8');
  // A byte order mark is no part of the text; `#!` would have to be the script's first characters, which the compiler needs.
  return { file, title, text: text.replace(/^\uFEFF/, '').replace(/^#!/, '//') };
}

function cellsOf(file: string, title: string, { modules }: MagicContext): Promise<Source[]> {
  const url = moduleUrl('../modules/notebook-cells', import.meta.url);
  const { notebookCells } = modules.loadOwn(url) as typeof NotebookCells;
  return notebookCells(file, title);
}
