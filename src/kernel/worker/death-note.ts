import { createHash } from 'node:crypto';
import { closeSync, openSync, readFileSync, rmSync, writeSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';

/** What stands in the file: the execution counts of the cells that run, and of the one that ended last. */
interface Note {
  readonly running: readonly number[];
  readonly last: number;
}

/** A note is overwritten in place, and no shorter one may leave a rest of a longer one, in characters. */
const NOTE_LENGTH = 200;

/**
 * A file that says what a kernel is doing. It is there from the first cell until the kernel ends by itself, so who finds
 * one at the start on the same connection file follows a kernel that died: Jupyter restarts it without a word in the notebook.
 * A note costs a few microseconds, which is why each cell can have one.
 */
export class DeathNote {
  readonly #path: string;
  #file: number | undefined;
  #last = 0;
  #isClosed = false;

  /** The name does not contain that of the connection file, by parts of which clients look for kernels. */
  constructor(connectionFile: string) {
    const name = createHash('sha256').update(resolve(connectionFile)).digest('hex').slice(0, 20);
    this.#path = join(dirname(connectionFile), `labmill-${name}.note`);
  }

  /** Returns what is to be said about a kernel that died before this one; once. */
  takeOver(): string | undefined {
    const note = this.#read();
    if (note === undefined) return undefined;
    rmSync(this.#path, { force: true });
    const { running, last } = note;
    const cells = running.map((count) => `Cell [${count}]`).join(' and ');
    const when = running.length > 0 ? `while ${cells} ran` : `after Cell [${last}] had ended`;
    return (
      `The kernel before this one died ${when}; the notebook's names are gone.\n` +
      "It crashed, ran out of memory or was killed: Jupyter's log has its last words.\n"
    );
  }

  /** Notes which cells run, by execution count. */
  write(running: readonly number[]): void {
    if (this.#isClosed) return;
    this.#last = Math.max(this.#last, ...running);
    const note: Note = { running: running.slice(0, 10), last: this.#last };
    try {
      this.#file ??= openSync(this.#path, 'w', 0o600);
      writeSync(this.#file, `${JSON.stringify(note).padEnd(NOTE_LENGTH)}\n`, 0);
    } catch {
      // A folder that cannot be written is no reason not to run: a death goes without its note.
      this.#isClosed = true;
    }
  }

  /** The kernel ends in good order. */
  close(): void {
    this.#isClosed = true;
    if (this.#file === undefined) return;
    closeSync(this.#file);
    this.#file = undefined;
    rmSync(this.#path, { force: true });
  }

  #read(): Note | undefined {
    try {
      const { running, last } = JSON.parse(readFileSync(this.#path, 'utf8')) as Note;
      return Array.isArray(running) && typeof last === 'number' ? { running: running.map(Number), last } : undefined;
    } catch {
      return undefined;
    }
  }
}
