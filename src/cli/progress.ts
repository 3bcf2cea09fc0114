import { styleText } from 'node:util';
import { formatDuration } from '../runner/duration.ts';
import type { NotebookRun, RunEvent } from '../runner/notebook-run.ts';

/** The progress display of a run. */
export interface Progress extends Disposable {
  readonly onEvent: (event: RunEvent) => void;
  /** Takes the display away; lines of finished notebooks stay. */
  end(): void;
}

interface Row {
  readonly startMs: number;
  readonly cellCount: number;
  done: number;
  doing: string;
}

const frames = '⠋⠙⠹⠸⠼⠴⠦⠧⠇⠏';
const barWidth = 12;

/**
 * Returns a display that prints one line for each finished notebook and, on a terminal, a line for each running one
 * that moves with its cells.
 */
export function createProgress(
  write: (text: string) => void,
  terminal: { readonly isTTY?: boolean; readonly columns?: number },
): Progress {
  const isLive = terminal.isTTY === true;
  const rows = new Map<string, Row>();
  let shownLines = 0;
  let frame = 0;

  const erase = (): string => (shownLines > 0 ? `\x1b[${shownLines}A\x1b[J` : '');
  const draw = (lines = ''): void => {
    const live = isLive ? [...rows].map(([path, row]) => rowText(path, row, frames[frame % frames.length]!)) : [];
    const cut = live.map((line) => `${line.slice(0, (terminal.columns ?? 80) - 1)}\n`).join('');
    write(erase() + lines + cut);
    shownLines = live.length;
  };
  const turn = (): void => {
    frame++;
    draw();
  };
  const timer = isLive ? setInterval(turn, 100) : undefined;
  timer?.unref();

  const onEvent = (event: RunEvent): void => {
    const row = rows.get(event.path);
    if (event.type === 'notebook-start') {
      rows.set(event.path, { startMs: Date.now(), cellCount: event.cellCount, done: 0, doing: 'starting its kernel' });
    } else if (event.type === 'notebook-end') {
      rows.delete(event.path);
      return draw(finishedLine(event.run));
    } else if (row !== undefined && event.type === 'cell-start') {
      // A control character in a source must not reach the terminal.
      row.doing = event.source
        .trim()
        .split('\n')[0]!
        .replaceAll(/\p{Cc}/gu, ' ');
    } else if (row !== undefined) {
      row.done++;
    }
    if (isLive) draw();
  };
  const end = (): void => {
    clearInterval(timer);
    rows.clear();
    if (isLive) draw();
  };
  return { onEvent, end, [Symbol.dispose]: end };
}

function rowText(path: string, { startMs, cellCount, done, doing }: Row, spinner: string): string {
  const filled = Math.round((done / Math.max(1, cellCount)) * barWidth);
  const bar = '━'.repeat(filled) + '╌'.repeat(barWidth - filled);
  return `${spinner} ${path}  ${bar} ${done}/${cellCount}  ${formatDuration(Date.now() - startMs)}  ${doing}`;
}

function finishedLine(run: NotebookRun): string {
  const ran = run.cells.filter(({ status }) => status !== 'skipped' && status !== 'not-run').length;
  const isPassed = run.status === 'passed';
  const mark = styleText(isPassed ? 'green' : 'red', isPassed ? '✓' : '✗', { stream: process.stderr });
  const warnings = run.warnings.map((warning) => `  warning: ${run.path}: ${warning}\n`).join('');
  return `${mark} ${run.path}  ${run.status}, ${ran} of ${run.cells.length} cells in ${formatDuration(run.durationMs)}\n${warnings}`;
}
