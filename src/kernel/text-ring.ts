/** Which of the standard streams a text was written to. */
export type StreamName = 'stdout' | 'stderr';

/** Takes text that was written. */
export type TakeText = (cell: number, name: StreamName, text: string) => void;

/** A power of two: positions count on, and their lower bits say where in the ring they are. */
const CAPACITY = 1 << 20;
/** Two numbers precede each text: its cell, and its length in bytes, doubled, plus 1 for stderr. */
const HEADER_BYTES = 8;
/** How many bytes of UTF-8 a UTF-16 unit takes at most. */
const MAX_UNIT_BYTES = 3;
/** Less room than this is not used: a text is not to be cut into crumbs. */
const MIN_ROOM = 256;
/** Stands where a cell's number stands when the rest of the ring is skipped; messages that are no cell have numbers below zero, too. */
const SKIP = -0x8000_0000;

/** What stands before the ring: up to where is written, up to where is read, and whether the reader wants to be woken. */
const WRITTEN = 0;
const READ = 1;
const READER_WAITS = 2;
const NUMBERS = 3;

/** Returns the memory through which a kernel's text goes from one thread to the other. */
export function textMemory(): SharedArrayBuffer {
  return new SharedArrayBuffer(NUMBERS * Int32Array.BYTES_PER_ELEMENT + CAPACITY);
}

/**
 * The text that cells print, on its way from the runtime thread, which writes, to the protocol thread, which reads. Shared
 * memory, because the reader must get at a text also when the writer computes and sends no messages any more, and because a full
 * ring makes the writer wait: nothing is lost, and memory stays bounded.
 */
export class TextRing {
  readonly #state: Int32Array;
  readonly #headers: Int32Array;
  readonly #bytes: Buffer;

  constructor(memory: SharedArrayBuffer) {
    const start = NUMBERS * Int32Array.BYTES_PER_ELEMENT;
    this.#state = new Int32Array(memory, 0, NUMBERS);
    this.#headers = new Int32Array(memory, start);
    this.#bytes = Buffer.from(memory, start);
  }

  /** Up to where text is written. */
  get written(): number {
    return Atomics.load(this.#state, WRITTEN);
  }

  /** Writes a text; waits for the reader where the ring is full. */
  write(cell: number, name: StreamName, text: string): void {
    for (let rest = text; rest !== '';) {
      const at = this.#room();
      const offset = at & (CAPACITY - 1);
      const room = Math.min(CAPACITY - offset, this.#free(at)) - HEADER_BYTES;
      const part = beginningOf(rest, Math.floor(room / MAX_UNIT_BYTES));
      const written = this.#bytes.write(part, offset + HEADER_BYTES, room, 'utf8');
      this.#headers[offset / 4] = cell;
      this.#headers[offset / 4 + 1] = written * 2 + (name === 'stderr' ? 1 : 0);
      this.#store(WRITTEN, at + HEADER_BYTES + aligned(written));
      // Waking a thread that does not wait costs as much as the rest.
      if (Atomics.load(this.#state, READER_WAITS) === 1) {
        // First this: an interrupt may terminate the writer in between.
        Atomics.notify(this.#state, WRITTEN);
        Atomics.store(this.#state, READER_WAITS, 0);
      }
      rest = part === rest ? '' : rest.slice(part.length);
    }
  }

  /**
   * Hands on what is written up to a position, by default everything; adjacent texts of a cell's stream in one piece.
   * Returns whether that was all: it stops when it has read `maxBytes`.
   */
  read(take: TakeText, upTo: number = this.written, maxBytes: number = CAPACITY): boolean {
    let pending: { cell: number; name: StreamName; texts: string[] } | undefined;
    const start = Atomics.load(this.#state, READ);
    let at = start;
    while (((upTo - at) | 0) > 0 && ((at - start) | 0) < maxBytes) {
      const offset = at & (CAPACITY - 1);
      const cell = offset + HEADER_BYTES > CAPACITY ? SKIP : this.#headers[offset / 4]!;
      if (cell === SKIP) {
        at += CAPACITY - offset;
        continue;
      }
      const size = this.#headers[offset / 4 + 1]!;
      const name = size % 2 === 1 ? 'stderr' : 'stdout';
      const length = Math.floor(size / 2);
      const text = this.#bytes.toString('utf8', offset + HEADER_BYTES, offset + HEADER_BYTES + length);
      if (pending?.cell !== cell || pending.name !== name) {
        if (pending !== undefined) take(pending.cell, pending.name, pending.texts.join(''));
        pending = { cell, name, texts: [] };
      }
      pending.texts.push(text);
      at += HEADER_BYTES + aligned(length);
    }
    this.#store(READ, at);
    Atomics.notify(this.#state, READ);
    if (pending !== undefined) take(pending.cell, pending.name, pending.texts.join(''));
    return ((upTo - at) | 0) <= 0;
  }

  /** Resolves when more is written than up to `position`. */
  async writtenBeyond(position: number): Promise<void> {
    Atomics.store(this.#state, READER_WAITS, 1);
    await Atomics.waitAsync(this.#state, WRITTEN, position).value;
  }

  /** Returns the position to write at, when there is room. */
  #room(): number {
    for (;;) {
      const at = Atomics.load(this.#state, WRITTEN);
      const left = CAPACITY - (at & (CAPACITY - 1));
      if (left >= MIN_ROOM && this.#free(at) >= MIN_ROOM) return at;
      if (left < MIN_ROOM && this.#free(at) >= left) {
        if (left >= HEADER_BYTES) this.#headers[(CAPACITY - left) / 4] = SKIP;
        this.#store(WRITTEN, at + left);
      } else {
        const read = Atomics.load(this.#state, READ);
        // It may have been read in this very moment.
        if (this.#free(at) < Math.min(left, MIN_ROOM)) Atomics.wait(this.#state, READ, read);
      }
    }
  }

  #free(written: number): number {
    return CAPACITY - ((written - Atomics.load(this.#state, READ)) | 0);
  }

  #store(which: typeof WRITTEN | typeof READ, position: number): void {
    Atomics.store(this.#state, which, position | 0);
  }
}

/** Returns at most `length` UTF-16 units of a text; a character of two units is not cut. */
function beginningOf(text: string, length: number): string {
  if (text.length <= length) return text;
  const isCut = (text.charCodeAt(length - 1) & 0xfc00) === 0xd800;
  return text.slice(0, isCut ? length - 1 : length);
}

function aligned(length: number): number {
  return (length + 3) & ~3;
}
