import type { Cell, CodeCell, Notebook, TextCell } from 'labmill/notebook';

/** Returns a notebook of these cells, for tests. */
export function aNotebook(cells: readonly Cell[], overrides: Partial<Notebook> = {}): Notebook {
  return { nbformat: 4, nbformat_minor: 5, metadata: {}, cells, ...overrides };
}

/** Returns a code cell that has not run. */
export function code(source: string, overrides: Partial<CodeCell> = {}): CodeCell {
  return { cell_type: 'code', id: 'code', metadata: {}, source, execution_count: null, outputs: [], ...overrides };
}

/** Returns a code cell with tags. */
export function tagged(source: string, ...tags: string[]): CodeCell {
  return code(source, { id: tags[0] ?? 'code', metadata: { tags } });
}

/** Returns a cell of prose. */
export function prose(source: string): TextCell {
  return { cell_type: 'markdown', id: 'prose', metadata: {}, source };
}
