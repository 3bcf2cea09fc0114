import { appendFileSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';

/** A larger file is begun anew. */
const maxLength = 8 * 2 ** 20;

/**
 * Remembers lines in a file, each a fact that was expensive to find out. Threads and processes append to it;
 * what is lost, or can't be written, is found out again.
 */
export class Notes {
  readonly #file: string | undefined;
  #lines: Set<string> | undefined;

  /** @param file where the lines are kept; without it they last as long as the object */
  constructor(file: string | undefined) {
    this.#file = file;
  }

  /** Returns whether a line was noted. */
  has(line: string): boolean {
    return this.#load().has(line);
  }

  /** Notes a line. */
  add(line: string): void {
    if (this.has(line)) return;
    this.#load().add(line);
    if (this.#file === undefined) return;
    try {
      mkdirSync(dirname(this.#file), { recursive: true });
      appendFileSync(this.#file, `${line}\n`);
    } catch {
      // The fact still holds for this process.
    }
  }

  #load(): Set<string> {
    this.#lines ??= new Set(this.#read().split('\n'));
    return this.#lines;
  }

  #read(): string {
    try {
      const text = this.#file === undefined ? '' : readFileSync(this.#file, 'utf8');
      if (text.length <= maxLength) return text;
      rmSync(this.#file!);
      return '';
    } catch {
      return '';
    }
  }
}
