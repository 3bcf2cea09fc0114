import { randomUUID } from 'node:crypto';
import { inspect } from 'node:util';
import { escapeMarkup } from '../../../base/escape-markup.ts';
import type { MimeBundle } from '../../thread-messages.ts';
import { formatDuration } from '../duration.ts';
import type { Output } from '../output.ts';
import { groupedNumber } from './grouped-number.ts';

/** How often a bar is drawn, in milliseconds. */
const DRAW_INTERVAL_MS = 100;

/** What a progress bar says. */
interface ProgressOptions {
  /** Stands before the bar (default: nothing). */
  readonly label?: string;
}

/**
 * Shows a bar that fills as the items are gone through, or, of a number, as `advance` is called or 0, 1, 2, … are gone through:
 *
 * ```ts
 * for (const file of progress(files, { label: 'reading' })) read(file);
 * ```
 *
 * @throws TypeError when there is nothing to go through
 */
export interface ProgressFunction {
  (total: number, options?: ProgressOptions): Progress<number>;
  <T>(items: Iterable<T> | AsyncIterable<T>, options?: ProgressOptions): Progress<T>;
}

/** Returns the global function `progress`. */
export function progressTo(output: Pick<Output, 'display'>): ProgressFunction {
  return <T>(work: number | Iterable<T> | AsyncIterable<T>, { label = '' }: ProgressOptions = {}) =>
    new Progress(typeof work === 'number' ? (range(work) as Iterable<T>) : work, totalOf(work), label, output);
}

/** A progress bar. It is drawn when it is made, then ten times a second at most, and when it ends. */
export class Progress<T> implements Iterable<T>, AsyncIterable<T> {
  readonly #items: Iterable<T> | AsyncIterable<T>;
  readonly #total: number | undefined;
  readonly #label: string;
  readonly #output: Pick<Output, 'display'>;
  readonly #id = randomUUID();
  readonly #startedAt = performance.now();
  #drawnAt = -Infinity;
  #timer: NodeJS.Timeout | undefined;
  #done = 0;
  #state: 'running' | 'complete' | 'stopped' = 'running';

  constructor(
    items: Iterable<T> | AsyncIterable<T>,
    total: number | undefined,
    label: string,
    output: Pick<Output, 'display'>,
  ) {
    this.#items = items;
    this.#total = total;
    this.#label = label;
    this.#output = output;
    this.#draw(this.#startedAt);
  }

  /** How much is done. */
  get done(): number {
    return this.#done;
  }

  /** Says that more is done. */
  advance(count = 1): void {
    this.#done += count;
    const now = performance.now();
    if (this.#done === this.#total) this.#end('complete');
    else if (now - this.#drawnAt >= DRAW_INTERVAL_MS) this.#draw(now);
    else this.#timer ??= setTimeout(() => this.#draw(performance.now()), DRAW_INTERVAL_MS).unref();
  }

  /** Goes through the items. */
  *[Symbol.iterator](): Generator<T, void> {
    try {
      for (const item of this.#items as Iterable<T>) {
        yield item;
        this.advance();
      }
      this.#end('complete');
    } finally {
      this.#end('stopped');
    }
  }

  /** Goes through the items, waiting for each. */
  async *[Symbol.asyncIterator](): AsyncGenerator<T, void> {
    try {
      for await (const item of this.#items) {
        yield item;
        this.advance();
      }
      this.#end('complete');
    } finally {
      this.#end('stopped');
    }
  }

  #end(state: 'complete' | 'stopped'): void {
    if (this.#state !== 'running') return;
    this.#state = state;
    this.#draw(performance.now());
  }

  #draw(now: number): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const isFirst = this.#drawnAt === -Infinity;
    this.#drawnAt = now;
    this.#output.display(this.#bundle(now - this.#startedAt), this.#id, !isFirst);
  }

  #bundle(elapsedMs: number): MimeBundle {
    const details = this.#details(elapsedMs);
    const isComplete = this.#state === 'complete';
    const max = this.#total ?? (isComplete ? this.#done : undefined);
    // Without a value, the bar says that nobody knows how long it takes.
    const value = max === undefined ? '' : ` value="${this.#done}" max="${Math.max(max, 1)}"`;
    const label = escapeMarkup(this.#label);
    return {
      'text/plain': this.#label === '' ? details : `${this.#label}: ${details}`,
      'text/html': `<div>${label} <progress style="vertical-align:middle"${value}></progress> ${details}</div>`,
    };
  }

  #details(elapsedMs: number): string {
    const [done, total] = [this.#done, this.#total];
    const percent = total === 0 ? 100 : Math.floor((100 * done) / (total ?? 1));
    const count = groupedNumber(done) + (total === undefined ? '' : ` of ${groupedNumber(total)} (${percent} %)`);
    if (this.#state === 'stopped') return `${count}, stopped after ${formatDuration(elapsedMs)}`;
    if (done === 0) return count;
    const rate = rateText(done, elapsedMs);
    if (this.#state === 'complete') return `${count}, ${rate}, ${formatDuration(elapsedMs)}`;
    if (total === undefined) return `${count}, ${rate}`;
    return `${count}, ${rate}, ${formatDuration((elapsedMs / done) * Math.max(0, total - done))} left`;
  }
}

function rateText(done: number, elapsedMs: number): string {
  const perSecond = (1000 * done) / Math.max(elapsedMs, 0.001);
  if (perSecond < 1) return `${formatDuration(elapsedMs / done)} each`;
  return `${perSecond < 10 ? perSecond.toFixed(1) : groupedNumber(Math.round(perSecond))}/s`;
}

function* range(end: number): Generator<number, void> {
  for (let index = 0; index < end; index++) yield index;
}

/** Returns how many items there are to go through, if that is known. */
function totalOf(work: unknown): number | undefined {
  if (Number.isInteger(work) && (work as number) >= 0) return work as number;
  if (typeof work === 'object' && work !== null && (Symbol.iterator in work || Symbol.asyncIterator in work)) {
    const size: unknown = 'length' in work ? work.length : 'size' in work ? work.size : undefined;
    return typeof size === 'number' ? size : undefined;
  }
  const got = inspect(work, { depth: 0 }).slice(0, 80);
  throw new TypeError(`progress: expected a number of steps (0, 1, 2, …) or items to go through, got ${got}`);
}
