import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { type Cell, formatNotebook, parseNotebook } from 'labmill/notebook';
import { type RunEvent, runNotebook, runNotebooks } from 'labmill/runner';
import { describe, expect, test } from 'vitest';
import { aNotebook, code, prose, tagged } from '../support/a-notebook.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

function write(path: string, cells: readonly Cell[], metadata = {}): string {
  writeFileSync(
    path,
    formatNotebook(
      aNotebook(
        cells.map((cell, index) => ({ ...cell, id: `c${index}` })),
        { metadata },
      ),
    ),
  );
  return path;
}
const inFolder = (...cells: Cell[]): string => write(join(temporaryFolder(), 'a.ipynb'), cells);
const isAlive = (pid: number): boolean => {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
};

// These start real kernels and talk to them over real sockets.
describe('runNotebook', () => {
  test('runs cells in the notebook’s folder and returns their outputs', async () => {
    const path = inFolder(
      prose('# The *title*'),
      code('const n: number = 6;'),
      code('console.log(process.cwd()); n * 7'),
    );
    const run = await runNotebook(path);
    expect(run).toMatchObject({ path, title: 'The *title*', status: 'passed', warnings: [] });
    expect(run.notebook.cells[2]).toMatchObject({
      execution_count: 2,
      outputs: [
        { output_type: 'stream', text: expect.stringContaining('labmill-test-') },
        { output_type: 'execute_result', data: { 'text/plain': '42' } },
      ],
    });
  });

  test('gives the notebook its parameters', async () => {
    const path = inFolder(tagged('const days: number = 365', 'parameters'), code('days * 2'));
    const run = await runNotebook(path, { parameters: { days: '7' } });
    expect(run.notebook.cells[2]).toMatchObject({ outputs: [{ data: { 'text/plain': '14' } }] });
  });

  test('names cell and line of an error', async () => {
    const run = await runNotebook(inFolder(code('1'), code('const a = 1;\n\nthrow new TypeError("no")')));
    expect(run.error).toMatchObject({
      code: 'ERR_CELL',
      failure: { cellIndex: 1, cellId: 'c1', line: 3, ename: 'TypeError', evalue: 'no' },
    });
  });

  test.each([
    ['a loop', 'console.log("before"); while (true);'],
    ['a wait', 'console.log("before"); await new Promise(() => {});'],
    ['a loop that writes', 'console.log("before"); for (;;) console.log("more");'],
  ])('interrupts %s that never ends and keeps what came before', async (_, source) => {
    const run = await runNotebook(inFolder(code(source), code('1')), { cellTimeoutMs: 300 });
    expect(run.error?.message).toContain('ran longer than 300 ms; the cell was interrupted');
    expect(run.notebook.cells[0]).toMatchObject({ outputs: [{ text: expect.stringMatching(/^before\n/) }, {}, {}] });
  });

  const tellPid = code(
    'import { writeFileSync } from "node:fs"; writeFileSync("kernel", `${process.pid} ${process.argv[2]}`)',
  );
  const kernelOf = (path: string): string[] => readFileSync(join(dirname(path), 'kernel'), 'utf8').split(' ');

  test('names a kernel that was killed from outside, within a second', async () => {
    const path = inFolder(tellPid, code('await new Promise(() => {})'));
    let killedMs = 0;
    const onEvent = (event: RunEvent): void => {
      if (event.type !== 'cell-start' || event.index !== 1) return;
      process.kill(Number(kernelOf(path)[0]), 'SIGKILL');
      killedMs = performance.now();
    };
    const { error } = await runNotebook(path, { onEvent });
    expect(performance.now() - killedMs).toBeLessThan(1000);
    expect(error).toMatchObject({ code: 'ERR_KERNEL_DIED', signal: 'SIGKILL' });
    expect(error?.message).toMatch(
      /a\.ipynb: cell 2 \(id "c1"\): kernel died: the process \(pid \d+\) was killed by SIGKILL/,
    );
  });

  test('leaves no kernel and no file of it behind', async () => {
    const path = inFolder(tellPid);
    await runNotebook(path);
    const [pid, connectionFile] = kernelOf(path);
    expect([isAlive(Number(pid)), existsSync(dirname(connectionFile!))]).toEqual([false, false]);
  });

  test('interrupts a cell that has hardly begun when the caller gives up', async () => {
    const controller = new AbortController();
    const onEvent = ({ type }: RunEvent): void => {
      if (type === 'cell-start') controller.abort();
    };
    const path = inFolder(code('await new Promise(() => {})'), code('1'));
    const run = await runNotebook(path, { onEvent, signal: controller.signal });
    expect([run.status, run.cells.map(({ status }) => status)]).toEqual(['interrupted', ['interrupted', 'not-run']]);
    expect(run.notebook.cells[0]).toMatchObject({ outputs: [{ ename: 'KeyboardInterrupt' }] });
  });

  test('refuses another language before anything runs', async () => {
    const path = write(join(temporaryFolder(), 'a.ipynb'), [], { kernelspec: { name: 'python3' } });
    await expect(runNotebook(path)).rejects.toMatchObject({ code: 'ERR_NOTEBOOK_LANGUAGE', exitCode: 2 });
  });
});

describe('runNotebooks', () => {
  test('writes executed notebooks, their reports and a page over them, and leaves the sources alone', async () => {
    const folder = temporaryFolder();
    const [a, b] = [write(join(folder, 'a.ipynb'), [code('1 + 1')]), write(join(folder, 'b #2.ipynb'), [code('oops')])];
    const source = readFileSync(a, 'utf8');
    const outputDir = join(folder, 'out');
    const result = await runNotebooks([folder], { outputDir });
    expect(result.runs.map(({ path, status }) => [path, status])).toEqual([
      [a, 'passed'],
      [b, 'failed'],
    ]);
    expect(result).toMatchObject({ status: 'failed', reportPath: join(outputDir, 'index.html') });
    expect(readdirSync(outputDir).sort()).toEqual(['a.html', 'a.ipynb', 'b #2.html', 'b #2.ipynb', 'index.html']);
    expect(readFileSync(join(outputDir, 'index.html'), 'utf8')).toContain('href="b%20%232.html"');
    expect(readFileSync(a, 'utf8')).toBe(source);
    const executed = parseNotebook(readFileSync(join(outputDir, 'a.ipynb'), 'utf8'), 'a').notebook;
    expect(executed.cells[0]).toMatchObject({ outputs: [{ data: { 'text/plain': '2' } }] });
  });

  test('writes over the source when told to', async () => {
    const path = inFolder(code('1 + 1'));
    await runNotebooks([path], { outputDir: join(dirname(path), 'out'), inplace: true });
    expect(readFileSync(path, 'utf8')).toContain('"execution_count": 1');
  });

  test('refuses what is wrong with any notebook before one of them runs', async () => {
    const path = inFolder(code('await import("node:fs").then(({ writeFileSync }) => writeFileSync("ran", ""))'));
    const bad = join(dirname(path), 'bad.ipynb');
    writeFileSync(bad, '{}');
    await expect(runNotebooks([path, bad])).rejects.toMatchObject({ code: 'ERR_NOTEBOOK_FORMAT' });
    expect(existsSync(join(dirname(path), 'ran'))).toBe(false);
  });

  test('fails a run whose files cannot be written', async () => {
    const path = inFolder(code('1'));
    const outputDir = join(dirname(path), 'out');
    mkdirSync(join(outputDir, 'a.ipynb'), { recursive: true });
    const { status, runs } = await runNotebooks([path], { outputDir });
    expect([status, runs[0]!.error?.code]).toEqual(['failed', 'ERR_FILE_WRITE']);
    expect(readdirSync(outputDir)).toEqual(['a.ipynb']);
  });
});
