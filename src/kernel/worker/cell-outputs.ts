import type { Failure, FromRuntime } from '../thread-messages.ts';
import type { JupyterMessage } from '../wire/message.ts';
import { type KnownCell, KnownCells } from './known-cells.ts';
import { type ErrorContent, errorContent } from './tracebacks/traceback.ts';

/** Publishes on iopub as a child of `parent`. */
export type Publish = (type: string, content: Record<string, unknown>, parent: JupyterMessage) => void;

/** What the runtime thread sends when a cell shows something. */
type CellOutput = Extract<FromRuntime, { readonly type: 'stream' | 'clear' | 'display' | 'late-failure' }>;

/** Publishes what cells put out, however late it comes, as children of the requests that they came with. */
export class CellOutputs {
  readonly cells: KnownCells = new KnownCells();
  readonly #publish: Publish;

  constructor(publish: Publish) {
    this.#publish = publish;
  }

  /** Returns the message that the outputs of a cell, or of an adopted message, belong to. */
  parentOf(number: number): JupyterMessage | undefined {
    return this.cells.get(number)?.parent;
  }

  /** Publishes what a cell shows. */
  show(output: CellOutput): void {
    const { cell } = output;
    switch (output.type) {
      case 'stream':
        return this.#show(cell, 'stream', { name: output.name, text: output.text });
      case 'clear':
        return this.#show(cell, 'clear_output', { wait: output.wait });
      case 'display': {
        const { data, metadata = {}, displayId, isUpdate } = output;
        const transient = displayId === undefined ? {} : { display_id: displayId };
        const type = isUpdate ? 'update_display_data' : 'display_data';
        return this.#show(cell, type, { data, metadata, transient });
      }
      case 'late-failure': {
        const heading = output.origin === 'rejection' ? 'Unhandled rejection:\n' : 'Uncaught exception:\n';
        return this.showLate(output.failure, cell, heading);
      }
    }
  }

  /** Publishes the error of an adopted message's handlers. */
  showFailure(failure: Failure, number: number): void {
    const cell = this.cells.get(number);
    if (cell !== undefined) this.#show(number, 'error', this.errorOf(failure, cell));
  }

  /** Publishes an error of a cell that goes on, or has ended, on the cell's stderr. */
  showLate(failure: Failure, number: number, heading = ''): void {
    const cell = this.cells.get(number);
    if (cell === undefined) return;
    const text = `${heading}${this.errorOf(failure, cell).traceback.join('\n')}\n`;
    this.#show(number, 'stream', { name: 'stderr', text });
  }

  /** Returns a failure of a cell as Jupyter's `error` content. */
  errorOf(failure: Failure, cell: KnownCell): ErrorContent {
    return errorContent(failure, cell, this.cells.byFile);
  }

  #show(number: number, type: string, content: Record<string, unknown>): void {
    const cell = this.cells.get(number);
    if (cell !== undefined && !cell.silent && cell.isInterrupted !== true) this.#publish(type, content, cell.parent);
  }
}
