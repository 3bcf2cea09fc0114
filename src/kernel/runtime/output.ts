import { Console } from 'node:console';
import { StringDecoder } from 'node:string_decoder';
import type { StreamName, TakeText } from '../text-ring.ts';
import type { FromRuntime, MimeBundle } from '../thread-messages.ts';
import type { CurrentCell } from './current-cell.ts';
import { OutputLimit } from './output-limit.ts';
import { bundleSize } from './protocol-port.ts';

/** How an output differs from one that posts everything. */
export interface OutputOptions {
  /** Passes on printed text. Default: as messages. */
  readonly print?: TakeText;
  /** Default: 128 MB for each cell. */
  readonly limit?: OutputLimit;
}

/** Everything that cells print and display, in order. The cell is noted when the text is written, not when it is sent. */
export class Output {
  readonly #post: (message: FromRuntime) => void;
  readonly #print: TakeText;
  readonly #limit: OutputLimit;
  readonly #current: CurrentCell;
  readonly #decoders = { stdout: new StringDecoder('utf8'), stderr: new StringDecoder('utf8') };
  readonly #displays = new Map<Promise<void>, number>();

  constructor(
    post: (message: FromRuntime) => void,
    current: CurrentCell,
    { print, limit = new OutputLimit() }: OutputOptions = {},
  ) {
    this.#post = post;
    this.#print = print ?? ((cell, name, text) => post({ type: 'stream', cell, name, text }));
    this.#limit = limit;
    this.#current = current;
  }

  /** Writes to a stream of the calling cell, or of the given one. */
  write(name: StreamName, chunk: string | Uint8Array, cell: number = this.#current.number): void {
    const text = typeof chunk === 'string' ? chunk : this.#decoders[name].write(Buffer.from(chunk));
    if (text === '') return;
    const { left, isExceeded } = this.#limit.take(cell, text.length);
    if (left > 0) this.#print(cell, name, left < text.length ? text.slice(0, left) : text);
    if (isExceeded) this.#tellOfLimit(cell);
  }

  /** Shows a MIME bundle, or replaces what was shown under `displayId`. */
  display(data: MimeBundle | Promise<MimeBundle>, displayId?: string, isUpdate = false, metadata?: MimeBundle): void {
    const cell = this.#current.number;
    const show = (bundle: MimeBundle): void => {
      // What replaces something does not add to what is shown; what is shown as a whole may exceed the limit once.
      const { left, isExceeded } = this.#limit.take(cell, isUpdate ? 0 : bundleSize(bundle));
      if (left > 0) this.#post({ type: 'display', cell, data: bundle, metadata, displayId, isUpdate });
      if (isExceeded) this.#tellOfLimit(cell);
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
    const cell = this.#current.number;
    this.#limit.forget(cell);
    this.#post({ type: 'clear', cell, wait });
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
    Object.assign(console, new Console({ stdout, stderr, ignoreErrors: false }), { clear: () => this.clear(false) });
  }

  #tellOfLimit(cell: number): void {
    const notice =
      `\n[This cell has put out ${this.#limit.megabytes} MB; what follows is not shown. ` +
      'The environment variable LABMILL_MAX_OUTPUT_MB of the kernel sets the limit.]\n';
    this.#print(cell, 'stderr', notice);
  }
}
