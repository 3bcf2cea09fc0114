import type { Answer, Question } from '../thread-messages.ts';
import type { JupyterMessage } from '../wire/message.ts';

/** What a terminal's front end sends when the user presses Ctrl-D instead of answering. */
const END_OF_INPUT = '\u0004';

/** What questions need of the kernel around them. */
export interface StdinParts {
  /** Asks the client that has sent a request; returns the question. */
  readonly ask: (content: Record<string, unknown>, request: JupyterMessage) => JupyterMessage;
  /** Returns the request of a cell that runs. */
  readonly requestOf: (cell: number) => JupyterMessage | undefined;
}

/** The stdin channel: asks the client whose cell asks, and hands its answer to the runtime thread, which waits. */
export class Stdin {
  readonly #parts: StdinParts;
  /** The runtime thread waits, so there is one question at a time. */
  #open: { readonly question: Question; readonly request: JupyterMessage } | undefined;

  constructor(parts: StdinParts) {
    this.#parts = parts;
  }

  /** The runtime thread asks. */
  ask(question: Question): void {
    const cell = this.#parts.requestOf(question.cell);
    if (cell === undefined) {
      return answer(question, {
        status: 'refused',
        reason: 'the cell that asks has ended; front ends show the questions of running cells only',
      });
    }
    if (cell.content['allow_stdin'] !== true) {
      return answer(question, {
        status: 'refused',
        reason: 'nobody can be asked: whoever runs this cell has set allow_stdin to false',
      });
    }
    const content = { prompt: question.prompt, password: question.isPassword };
    this.#open = { question, request: this.#parts.ask(content, cell) };
  }

  /** Something has come on the stdin channel. What does not answer the open question is dropped. */
  onMessage(message: JupyterMessage): void {
    if (this.#open === undefined || !isReplyTo(this.#open.request, message)) return;
    const { value } = message.content;
    this.#end(typeof value === 'string' && value !== END_OF_INPUT ? { status: 'ok', text: value } : { status: 'end' });
  }

  /** Ends the open question, if there is one, with a KeyboardInterrupt. */
  interrupt(): void {
    this.#end({ status: 'interrupted' });
  }

  #end(result: Answer): void {
    if (this.#open !== undefined) answer(this.#open.question, result);
    this.#open = undefined;
  }
}

function answer({ port, answered }: Question, result: Answer): void {
  port.postMessage(result);
  port.close();
  Atomics.store(answered, 0, 1);
  Atomics.notify(answered, 0);
}

/** Clients older than protocol 5.4 leave the parent out, and so does jupyter_client: then the sender has to do. */
function isReplyTo(request: JupyterMessage, { header, idents, parentHeader }: JupyterMessage): boolean {
  if (header.msg_type !== 'input_reply') return false;
  const isSender = Buffer.concat(idents).equals(Buffer.concat(request.idents));
  return isSender && (parentHeader.msg_id ?? request.header.msg_id) === request.header.msg_id;
}
