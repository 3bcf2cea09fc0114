import { shieldMemory } from '../../src/kernel/shield.ts';
import { createMessage, type JupyterMessage } from 'labmill/kernel';
import type { CellOutcome, FromRuntime, RunCell, ToRuntime } from '../../src/kernel/thread-messages.ts';
import type { RequestChannel } from '../../src/kernel/worker/channels.ts';
import { Kernel } from '../../src/kernel/worker/kernel.ts';

/** A message that the kernel has sent. */
export interface Sent {
  readonly channel: string;
  readonly type: string;
  readonly content: Readonly<Record<string, unknown>>;
  readonly message: JupyterMessage;
}

/** The protocol without sockets and without a runtime thread: a test says what the runtime thread answers. */
export class FakeProtocol {
  readonly sent: Sent[] = [];
  /** What the runtime thread was asked. */
  readonly asked: ToRuntime[] = [];
  readonly logged: string[] = [];
  exits = 0;
  /** Answers the runtime thread's part; by default nothing comes back. */
  runtime: (message: ToRuntime) => void = () => {};
  readonly kernel: Kernel;

  constructor() {
    this.kernel = new Kernel({
      channels: { send: (channel, message) => void this.sent.push(sentOf(channel, message)) },
      post: (message) => {
        this.asked.push(message);
        this.runtime(message);
      },
      shield: shieldMemory(),
      exit: () => void this.exits++,
      log: (line) => void this.logged.push(line),
      folder: '/notebook',
      version: '1.2.3',
    });
    this.kernel.onRuntime({ type: 'ready', builtins: ['crypto'] });
  }

  /** Hands a request in and lets the kernel work until it waits for something. */
  async request(
    type: string,
    content: Record<string, unknown> = {},
    channel: RequestChannel = 'shell',
  ): Promise<JupyterMessage> {
    // Loading the compiler is an event from outside; here it is there already.
    await this.kernel.warmUp();
    const message = createMessage(type, content, { session: 'client', idents: [Buffer.from('client')] });
    this.kernel.onMessage(channel, message);
    await settled();
    return message;
  }

  /** Hands an `execute_request` in. */
  async execute(code: string, options: Record<string, unknown> = {}): Promise<JupyterMessage> {
    return this.request('execute_request', { code, silent: false, store_history: true, ...options });
  }

  /** Lets the runtime thread say something. */
  async say(message: FromRuntime): Promise<void> {
    this.kernel.onRuntime(message);
    await settled();
  }

  /** Ends the cell that runs. */
  async finish(outcome: Partial<Extract<CellOutcome, { status: 'ok' }>> = {}): Promise<void> {
    const full: CellOutcome = { status: 'ok', data: undefined, userExpressions: {}, pages: [], ...outcome };
    await this.say({ type: 'outcome', cell: this.running.cell, outcome: full });
  }

  /** Lets the cell that runs fail. */
  async fail(name = 'Error', message = 'bad'): Promise<void> {
    const failure = { name, message, stack: '' };
    await this.say({ type: 'outcome', cell: this.running.cell, outcome: { status: 'error', failure } });
  }

  /** The cell that was sent to the runtime thread last. */
  get running(): RunCell {
    const cell = this.asked.findLast((message) => message.type === 'run');
    if (cell === undefined) throw new Error('no cell was sent to the runtime thread');
    return cell;
  }

  /** Returns what was sent because of a request. */
  about(request: JupyterMessage): Sent[] {
    return this.sent.filter(({ message }) => message.parentHeader.msg_id === request.header.msg_id);
  }

  /** Returns the types of what was sent because of a request; a status counts as its state. */
  story(request: JupyterMessage): string[] {
    return this.about(request).map(({ type, content }) =>
      type === 'status' ? String(content['execution_state']) : type,
    );
  }

  /** Returns the content of the message of a type that was sent because of a request. */
  content(request: JupyterMessage, type: string): Readonly<Record<string, unknown>> | undefined {
    return this.about(request).find((sent) => sent.type === type)?.content;
  }
}

function sentOf(channel: string, message: JupyterMessage): Sent {
  return { channel, type: message.header.msg_type, content: message.content, message };
}

/** Resolves when everything that can go on without an event from outside has. */
function settled(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
