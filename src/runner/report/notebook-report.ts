import type { Cell, CodeCell } from '../../notebook/document.ts';
import { formatDuration } from '../duration.ts';
import type { CellRun, NotebookRun } from '../notebook-run.ts';
import { failureCard } from './failure-card.ts';
import { createHighlight, type Highlight } from './highlight.ts';
import { type Html, html } from './html.ts';
import { type OutputRenderers, renderOutput } from './outputs.ts';
import { page } from './page.ts';
import { pill } from './pill.ts';
import { createProse } from './prose.ts';
import { resultsCard } from './results-card.ts';
import { createSanitize } from './sanitize.ts';

interface Renderers extends OutputRenderers {
  readonly highlight: Highlight;
}

/** Returns the report of one notebook: its prose, code, outputs, pictures and times, as one HTML file. */
export async function notebookReport(run: NotebookRun): Promise<string> {
  const sanitize = await createSanitize();
  const [prose, highlight] = await Promise.all([createProse(sanitize), createHighlight()]);
  const renderers: Renderers = { sanitize, prose, highlight };
  const runs = new Map(run.cells.map((cell) => [cell.index, cell]));
  const cells = run.notebook.cells.map((cell, index) => renderCell(cell, index, runs.get(index), renderers));
  return page(
    run.title,
    html`${header(run)}
      <main>
        ${run.warnings.map((warning) => html`<p class="warning">${warning}</p>`)}
        ${run.error !== undefined && failureCard(run.error)} ${run.results.length > 0 && resultsCard([run])} ${cells}
      </main>`,
  );
}

function header(run: NotebookRun): Html {
  const ran = run.cells.filter(({ status }) => status !== 'skipped' && status !== 'not-run').length;
  const [start] = run.notebook.cells.flatMap(startOf);
  const started = start === undefined ? undefined : `started ${start.slice(0, 16).replace('T', ' ')} UTC`;
  return html`<header class="top">
    <div class="crumbs">Labmill report</div>
    <div class="headline">
      <h1>${run.path}</h1>
      ${pill(run.status)}
    </div>
    <div class="facts">
      <span><b>${ran}</b> of <b>${run.cells.length}</b> code cells run</span>
      <span><b>${formatDuration(run.durationMs)}</b></span>
      <span>${started}</span>
    </div>
  </header>`;
}

function startOf(cell: Cell): string[] {
  const { execution } = cell.metadata;
  const start = (execution as Record<string, unknown> | undefined)?.['iopub.status.busy'];
  return typeof start === 'string' ? [start] : [];
}

function renderCell(cell: Cell, index: number, run: CellRun | undefined, renderers: Renderers): Html {
  const id = `cell-${index + 1}`;
  if (cell.cell_type === 'code') return renderCode(cell, id, run, renderers);
  const body =
    cell.cell_type === 'raw' ? html`<pre>${cell.source}</pre>` : renderers.prose(cell.source, cell.attachments);
  return html`<section class="cell prose" id="${id}">
    <div class="gutter"></div>
    <div class="body">${body}</div>
  </section>`;
}

function renderCode(cell: CodeCell, id: string, run: CellRun | undefined, renderers: Renderers): Html {
  const status = run?.status ?? 'not-run';
  const isIdle = status === 'not-run' || status === 'skipped';
  const isBad = status === 'failed' || status === 'timed-out' || status === 'interrupted';
  const time = run !== undefined && !isIdle && html`<div class="took">${formatDuration(run.durationMs)}</div>`;
  const outputs = cell.outputs.map((output) => renderOutput(output, renderers));
  return html`<section class="cell ${isBad && 'bad'}${isIdle && 'idle'}" id="${id}">
    <div class="gutter">[${cell.execution_count ?? ' '}]${time}</div>
    <div class="body">
      <div class="source">${status !== 'passed' && pill(status)}${renderers.highlight(cell.source)}</div>
      ${outputs.length > 0 && html`<div class="outputs">${outputs}</div>`}
    </div>
  </section>`;
}
