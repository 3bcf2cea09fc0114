import type { ChildProcess } from 'node:child_process';
import { subscribe } from 'node:diagnostics_channel';
import type { CurrentCell } from '../current-cell.ts';

/** How long a process has to end after SIGINT, in milliseconds. */
const GRACE_MS = 2000;

/** The processes that user code starts itself (`spawn`, `exec`, execa): in a terminal, Ctrl-C would reach them, too. */
export class SpawnedChildren {
  readonly #current: CurrentCell;
  readonly #cells = new Map<ChildProcess, number>();

  constructor(current: CurrentCell) {
    this.#current = current;
  }

  /** Begins to note which cell starts which process. */
  watch(): void {
    subscribe('child_process', (message) => {
      for (const child of this.#cells.keys()) if (hasEnded(child)) this.#cells.delete(child);
      this.#cells.set((message as { process: ChildProcess }).process, this.#current.number);
    });
  }

  /** Interrupts what cells have started and not ended; what is left after two seconds is killed. */
  interrupt(cells: ReadonlySet<number>): void {
    const children = [...this.#cells].filter(([child, cell]) => cells.has(cell) && !hasEnded(child));
    for (const [child] of children) child.kill('SIGINT');
    if (children.length > 0) setTimeout(() => children.forEach(([child]) => child.kill('SIGKILL')), GRACE_MS).unref();
  }
}

function hasEnded({ exitCode, signalCode }: ChildProcess): boolean {
  return exitCode !== null || signalCode !== null;
}
