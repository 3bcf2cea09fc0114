import type { NotebookRun } from '../notebook-run.ts';
import { resultRows } from '../result-rows.ts';
import { type Fragment, type Html, html } from './html.ts';
import { pill } from './pill.ts';

/** Returns the table of what notebooks measured; `link` gives where a notebook's own page is. */
export function resultsCard(runs: readonly NotebookRun[], link?: (path: string) => string): Html {
  const name = (path: string): Fragment => (link === undefined ? path : html`<a href="${link(path)}">${path}</a>`);
  const rows = resultRows(runs).map(
    (row) =>
      html`<tr>
        <td>${name(row.notebook)}</td>
        <td>${row.measure}</td>
        <td class="number">${row.figure}</td>
        <td class="number">${row.time}</td>
        <td>${pill(row.verdict)}</td>
      </tr>`,
  );
  return html`<section class="card">
    <h2>What was measured</h2>
    <table>
      <thead>
        <tr>
          <th>Notebook</th>
          <th>Measured</th>
          <th class="number">Figure</th>
          <th class="number">Time</th>
          <th>Verdict</th>
        </tr>
      </thead>
      <tbody>
        ${rows}
      </tbody>
    </table>
  </section>`;
}
