import { Console } from 'node:console';
import { StringDecoder } from 'node:string_decoder';
import type { FromRuntime, MimeBundle } from '../thread-messages.ts';
import type { CurrentCell } from './current-cell.ts';

/** How much text is collected before it is sent on, in UTF-16 units. */
const CHUNK_LENGTH = 65_536;
/** How long text may wait, in milliseconds. */
const MAX_DELAY_MS = 20;
/** How many messages may leave in that time without waiting: what a cell prints before it computes is seen at once. */
const BURST = 16;

type StreamName = 'stdout' | 'stderr';

/**
 * Everything that cells print and display, in order. A few lines leave at once; a flood is collected into few large
 * messages: ten thousand lines cost a handful of them. The cell is noted when the text is written, not when it is sent.
 */
export class Output {
  readonly #post: (message: FromRuntime) => void;
  readonly #current: CurrentCell;
  readonly #decoders = { stdout: new StringDecoder('utf8'), stderr: new StringDecoder('utf8') };
  #pending: { cell: number; name: StreamName; parts: string[]; length: number; since: number } | undefined;
  #burst = { since: 0, messages: 0 };
  #timer: NodeJS.Timeout | undefined;
  readonly #displays = new Map<Promise<void>, number>();

  constructor(post: (message: FromRuntime) => void, current: CurrentCell) {
    this.#post = post;
    this.#current = current;
  }

  /** Writes to a stream of the calling cell, or of the given one. */
  write(name: StreamName, chunk: string | Uint8Array, cell: number = this.#current.number): void {
    const text = typeof chunk === 'string' ? chunk : this.#decoders[name].write(Buffer.from(chunk));
    if (text === '') return;
    if (this.#pending !== undefined && (this.#pending.cell !== cell || this.#pending.name !== name)) this.flush();
    const now = performance.now();
    this.#pending ??= { cell, name, parts: [], length: 0, since: now };
    this.#pending.parts.push(text);
    this.#pending.length += text.length;
    if (now - this.#burst.since > MAX_DELAY_MS) this.#burst = { since: now, messages: 0 };
    const isDue =
      this.#burst.messages < BURST || this.#pending.length >= CHUNK_LENGTH || now - this.#pending.since > MAX_DELAY_MS;
    if (isDue) this.flush();
    else this.#timer ??= setTimeout(() => this.flush(), MAX_DELAY_MS).unref();
  }

  /** Shows a MIME bundle, or replaces what was shown under `displayId`. */
  display(data: MimeBundle | Promise<MimeBundle>, displayId?: string, isUpdate = false): void {
    const cell = this.#current.number;
    const show = (bundle: MimeBundle): void => {
      this.flush();
      this.#post({ type: 'display', cell, data: bundle, displayId, isUpdate });
    };
    if (!(data instanceof Promise)) return show(data);
    const shown = data.then(show).finally(() => this.#displays.delete(shown));
    this.#displays.set(shown, cell);
  }

  /** Waits for the values of a cell that show themselves asynchronously. */
  async displayed(cell: number): Promise<void> {
    await Promise.all([...this.#displays.keys()].filter((shown) => this.#displays.get(shown) === cell));
  }

  /** Clears the cell's outputs, at once or when the next one comes. */
  clear(wait: boolean): void {
    this.flush();
    this.#post({ type: 'clear', cell: this.#current.number, wait });
  }

  /** Sends the text that waits. */
  flush(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const pending = this.#pending;
    if (pending === undefined) return;
    this.#pending = undefined;
    this.#burst.messages++;
    this.#post({ type: 'stream', cell: pending.cell, name: pending.name, text: pending.parts.join('') });
  }

  /** Leads `process.stdout` and `process.stderr` (and with them `console`) here. */
  capture(): void {
    for (const name of ['stdout', 'stderr'] as const) {
      const write = (chunk: string | Uint8Array, encoding?: unknown, callback?: unknown): boolean => {
        const text =
          typeof chunk === 'string' && typeof encoding === 'string' && encoding !== 'utf8' && encoding !== 'utf-8'
            ? Buffer.from(chunk, encoding as BufferEncoding)
            : chunk;
        this.write(name, text);
        const done = typeof encoding === 'function' ? encoding : callback;
        if (typeof done === 'function') process.nextTick(done);
        return true;
      };
      process[name].write = write;
    }
    // Node's own console adds and removes an error listener at each call, which costs more than the writing.
    const { stdout, stderr } = process;
    Object.assign(console, new Console({ stdout, stderr, ignoreErrors: false }));
  }
}
