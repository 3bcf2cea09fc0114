import { rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { writeFileAtomic } from 'labmill';
import { type Cell, hasTag, writeNotebook } from 'labmill/notebook';
import { runNotebook } from 'labmill/runner';

/**
 * `npm run labs:refresh`: runs the labs' notebooks, writes their outputs into them (without the times of the run, which
 * would change every time, and without the place of this clone), and writes the picture of the cell tagged `picture` beside each README.
 */
const labs = ['lab1', 'lab2', 'lab3', 'lab4', 'lab5'].map((lab) => `${lab}/${lab}.ipynb`);

for (const path of labs) {
  // As in a fresh clone: what a lab writes is not there yet.
  rmSync(join(dirname(path), 'out'), { recursive: true, force: true });
  const { status, error, notebook } = await runNotebook(path);
  if (status !== 'passed') throw new Error(`${path}: ${status}`, { cause: error });
  writeNotebook(path, { ...notebook, cells: notebook.cells.map(withoutTraces) });
  const picture = notebook.cells.filter((cell) => hasTag(cell, 'picture')).map(svgOf)[0];
  if (picture !== undefined) writeFileAtomic(join(dirname(path), 'picture.svg'), picture);
  console.error(`${path}: refreshed`);
}

function withoutTraces(cell: Cell): Cell {
  const { execution: _, ...metadata } = cell.metadata;
  if (cell.cell_type !== 'code') return { ...cell, metadata };
  const outputs = cell.outputs.map((output) =>
    output.output_type === 'stream' ? { ...output, text: output.text.replaceAll(process.cwd(), '…') } : output,
  );
  return { ...cell, metadata, outputs };
}

function svgOf(cell: Cell): string | undefined {
  const outputs = cell.cell_type === 'code' ? cell.outputs : [];
  return outputs.flatMap((output) => ('data' in output ? [output.data['image/svg+xml']] : [])).find(isText);
}

function isText(value: unknown): value is string {
  return typeof value === 'string';
}
