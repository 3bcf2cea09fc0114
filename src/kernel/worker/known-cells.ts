import type { Position } from '../compile/edits.ts';
import type { JupyterMessage } from '../wire/message.ts';
import type { RunSource } from './tracebacks/traceback.ts';

/** A cell whose outputs may still come. */
export interface KnownCell extends RunSource {
  readonly parent: JupyterMessage;
  readonly silent: boolean;
  /** The script's absolute file name; empty for what is no cell. */
  readonly file: string;
  /** Whether it was interrupted: what it still prints is of no interest. */
  isInterrupted?: boolean;
}

/** How many cells are remembered with their source; of older ones, what late output needs. */
const MAX_KNOWN = 2_000;

/** All cells by number and by file. Messages that are no cell but may print, too, have numbers below zero. */
export class KnownCells {
  readonly #byNumber = new Map<number, KnownCell>();
  readonly #byFile = new Map<string, RunSource>();
  #adopted = 0;

  /** Remembers a cell; numbers are given in order. */
  add(number: number, cell: KnownCell): KnownCell {
    this.#byNumber.set(number, cell);
    this.#byFile.set(cell.file, cell);
    this.#slim(number - MAX_KNOWN);
    return cell;
  }

  /** Remembers what a cell has run; of a file that is run again, the latest. */
  addSource(file: string, source: RunSource): void {
    this.#byFile.set(file, source);
  }

  /** Gives a message that is no cell a number of its own: what its handlers put out has it as parent. */
  adopt(parent: JupyterMessage): number {
    const number = --this.#adopted;
    const nowhere = { silent: false, file: '', source: '', executionCount: 0 };
    this.#byNumber.set(number, { ...nowhere, parent, position: start, importPosition: start });
    this.#byNumber.delete(number + MAX_KNOWN);
    return number;
  }

  get(number: number): KnownCell | undefined {
    return this.#byNumber.get(number);
  }

  /** Returns the cell whose script has this name. */
  readonly byFile = (file: string): RunSource | undefined => this.#byFile.get(file);

  /** A timer may outlive thousands of cells: what it prints has its parent still. Its lines are those of the compiled code. */
  #slim(number: number): void {
    const cell = this.#byNumber.get(number);
    if (cell === undefined) return;
    const parent = { ...cell.parent, idents: [], content: {}, buffers: [] };
    const slim: KnownCell = { ...cell, parent, source: '', position: (generated) => generated, importPosition: start };
    this.#byNumber.set(number, slim);
    this.#byFile.set(cell.file, slim);
  }
}

/** Where everything of a source that was not compiled stands. */
export function start(): Position {
  return { line: 1, column: 1 };
}
