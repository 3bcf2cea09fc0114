import { CellError, type LabmillError } from '../../base/errors.ts';
import { type Html, html } from './html.ts';

/** Returns the card that says why a run ended early: what, where, and the cell's source around it; `report` is its page. */
export function failureCard(error: LabmillError, report = ''): Html {
  if (!(error instanceof CellError)) {
    return html`<section class="card failure">
      <h2>Why it ended early</h2>
      <pre>${error.message}</pre>
    </section>`;
  }
  const { ename, evalue, cellIndex, line, notebook, sourceExcerpt } = error.failure;
  const link = `${report}#cell-${cellIndex + 1}`;
  return html`<section class="card failure">
    <h2>Why it ended early</h2>
    <p class="what">${ename}: ${evalue}</p>
    <p class="where">
      ${notebook}, <a href="${link}">cell ${cellIndex + 1}</a>${line !== undefined && `, line ${line}`}
    </p>
    <pre>${sourceExcerpt}</pre>
  </section>`;
}
