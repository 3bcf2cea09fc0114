import { cpSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { stripVTControlCharacters } from 'node:util';
import { type Cell, hasTag, type Notebook, type Output, readNotebook } from 'labmill/notebook';
import { type NotebookRun, runNotebook } from 'labmill/runner';
import { beforeAll, describe, expect, test } from 'vitest';
import { labs } from '../support/labs.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
/** Inside the repository, where `labmill/…` resolves; a lab writes beside its notebook. */
const scratch = join(root, 'out/tests');

describe.each(labs)('the notebook of %s', (lab) => {
  let committed: Notebook;
  let run: NotebookRun;

  beforeAll(async () => {
    rmSync(join(scratch, lab), { recursive: true, force: true });
    cpSync(join(root, lab), join(scratch, lab), { recursive: true, filter: (file) => file !== join(root, lab, 'out') });
    committed = (await readNotebook(join(root, lab, `${lab}.ipynb`))).notebook;
    run = await runNotebook(join(scratch, lab, `${lab}.ipynb`));
  }, 120_000);

  test('runs from top to bottom and holds', () => {
    expect(run.error).toBeUndefined();
    expect(run.status).toBe('passed');
    expect(run.results).not.toEqual([]);
  });

  test('gives the outputs that are committed', () => {
    expect(run.notebook.cells.map(stable)).toEqual(committed.cells.map(stable));
  });

  test('is the source of the picture in the README', () => {
    const picture = readFileSync(join(root, lab, 'picture.svg'), 'utf8');
    const outputs = committed.cells.filter((cell) => hasTag(cell, 'picture')).flatMap(outputsOf);
    expect(outputs.map((output) => 'data' in output && output.data['image/svg+xml'])).toEqual([picture]);
    expect(readFileSync(join(root, lab, 'README.md'), 'utf8')).toContain('](picture.svg)');
  });
});

/** What two runs of a cell have in common: all but times, colours, npm's notices, the place of the repository, and which of two streams came first. */
function stable(cell: Cell): unknown {
  const outputs = outputsOf(cell);
  // An address or a time: two runs have only the kinds of such outputs in common.
  if (hasTag(cell, 'nbval-ignore-output')) {
    return outputs.map((output) => ('data' in output ? Object.keys(output.data).sort() : output.output_type));
  }
  // A figure's HTML is its SVG once more, encoded: a difference would be unreadable.
  const values = outputs.flatMap((output) => ('data' in output ? [{ ...output.data, 'text/html': undefined }] : []));
  return { stdout: streamText(outputs, 'stdout'), stderr: streamText(outputs, 'stderr'), values };
}

function streamText(outputs: readonly Output[], name: string): string {
  const texts = outputs.map((output) => (output.output_type === 'stream' && output.name === name ? output.text : ''));
  return stableText(texts.join(''));
}

function outputsOf(cell: Cell): readonly Output[] {
  return cell.cell_type === 'code' ? cell.outputs : [];
}

function stableText(text: string): string {
  return stripVTControlCharacters(text)
    .replaceAll(/\S*(?=\/lab\d)/g, '<root>')
    .replaceAll(/^npm (?:warn|notice).*\n/gm, '')
    .replaceAll(/\d\d:\d\d:\d\d/g, '<time>')
    .replaceAll(/ ?\d+(?:\.\d+)?(?:ms|s)\b(?: \([^)]*%[^)]*\))?/g, '')
    .replaceAll(/[ \t]+$/gm, '');
}
