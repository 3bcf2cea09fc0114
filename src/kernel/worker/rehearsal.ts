import { executeRequest } from '../wire/execute-request.ts';
import { createMessage, decodeMessage, encodeMessage } from '../wire/message.ts';
import type { CellOutcome } from '../thread-messages.ts';
import { CellOutputs } from './cell-outputs.ts';
import { Executor, type ExecutorParts } from './executor.ts';
import { History } from './history/history.ts';
import { Sender } from './sender.ts';

/** No notebook gets this far. */
const FIRST_CELL = 2 ** 30;
const TIMES = 30;
const CODE = '(40 as number) + 2';
/** Comes first. A name without a value is taken back when its cell fails. */
const DECLARATION = 'let rehearsal$cell: number; throw 0';
const KEY = 'rehearsal';

/**
 * Lets a cell that nobody asked for pass through both threads a few times, and its messages through the wire's code, before they are
 * dropped: V8 compiles functions when they are first called, which would double the time of the first cell.
 */
export class Rehearsal {
  readonly #executor: Executor;

  constructor(parts: Pick<ExecutorParts, 'run' | 'compiler' | 'folder'>) {
    const { publish, reply } = new Sender({
      send: (_channel, message) => void decodeMessage(encodeMessage(message, KEY), KEY),
    });
    const history = new History({ file: undefined, log: () => {} });
    const outputs = new CellOutputs(publish);
    this.#executor = new Executor({
      ...parts,
      publish,
      reply,
      outputs,
      history,
      onRunning: () => {},
      firstCell: FIRST_CELL,
    });
  }

  /** Resolves when the last cell has ended; stops early when it is not wanted any more. */
  async run(isWanted: () => boolean): Promise<void> {
    for (let time = 0; time < TIMES && isWanted(); time++) {
      const content = { ...executeRequest(time === 0 ? DECLARATION : CODE), stop_on_error: false };
      await this.#executor.execute(createMessage('execute_request', content, { session: '' }));
    }
  }

  /** A cell has ended, of this executor or another. */
  onOutcome(message: { readonly type: 'outcome'; readonly cell: number; readonly outcome: CellOutcome }): void {
    this.#executor.onRuntime(message);
  }
}
