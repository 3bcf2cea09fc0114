import { formatDuration } from '../duration.ts';
import type { NotebookRun } from '../notebook-run.ts';
import { failureCard } from './failure-card.ts';
import { html } from './html.ts';
import { page } from './page.ts';
import { pill } from './pill.ts';
import { resultsCard } from './results-card.ts';

/** Returns the page over several notebooks: one table of what they measured, and why those that failed did. */
export function indexReport(runs: readonly NotebookRun[], durationMs: number, link: (path: string) => string): string {
  const held = runs.filter(({ status }) => status === 'passed').length;
  const failed = runs.filter(({ error }) => error !== undefined);
  return page(
    'Labmill report',
    html`<header class="top">
        <div class="crumbs">Labmill report</div>
        <div class="headline">
          <h1>${runs.length} notebooks</h1>
          ${pill(held === runs.length ? 'passed' : 'failed')}
        </div>
        <div class="facts">
          <span><b>${held}</b> of <b>${runs.length}</b> held</span>
          <span><b>${formatDuration(durationMs)}</b></span>
        </div>
      </header>
      <main>${resultsCard(runs, link)}${failed.map((run) => failureCard(run.error!, link(run.path)))}</main>`,
  );
}
