import { shieldMemory } from '../../src/kernel/shield.ts';
import { type ConnectionInfo, createMessage, type JupyterMessage } from 'labmill/kernel';
import type { CellOutcome, CommMessage, FromRuntime, RunCell, ToRuntime } from '../../src/kernel/thread-messages.ts';
import type { RequestChannel } from '../../src/kernel/worker/channels.ts';
import { DeathNote } from '../../src/kernel/worker/death-note.ts';
import { Kernel } from '../../src/kernel/worker/kernel.ts';
import { Sender } from '../../src/kernel/worker/sender.ts';

/** A message that the kernel has sent. */
export interface Sent {
  readonly channel: string;
  readonly type: string;
  readonly content: Readonly<Record<string, unknown>>;
  readonly message: JupyterMessage;
}

const CONNECTION: ConnectionInfo = {
  transport: 'tcp',
  ip: '127.0.0.1',
  shell_port: 1,
  iopub_port: 2,
  stdin_port: 3,
  control_port: 4,
  hb_port: 5,
  key: '',
  signature_scheme: 'hmac-sha256',
};

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
  #next = Promise.withResolvers<void>();

  constructor(predecessor?: string) {
    this.kernel = new Kernel({
      sender: new Sender({ send: (channel, message) => this.#onSent(sentOf(channel, message)) }),
      post: (message) => {
        this.asked.push(message);
        this.runtime(message);
      },
      shield: shieldMemory(),
      exit: () => void this.exits++,
      log: (line) => void this.logged.push(line),
      connection: CONNECTION,
      deathNote: new DeathNote('/nowhere/kernel.json'),
      predecessor,
      folder: '/notebook',
      historyFile: undefined,
      version: '1.2.3',
    });
    this.kernel.onRuntime({ type: 'ready', builtins: ['crypto'] });
  }

  #onSent(sent: Sent): void {
    this.sent.push(sent);
    this.#next.resolve();
    this.#next = Promise.withResolvers();
  }

  /** Hands a request in and lets the kernel work until it waits for something. */
  async request(
    type: string,
    content: Record<string, unknown> = {},
    channel: RequestChannel = 'shell',
    subshell?: string,
  ): Promise<JupyterMessage> {
    // Loading the compiler is an event from outside; here it is there already.
    await this.kernel.warmUp();
    const created = createMessage(type, content, { session: 'client', idents: [Buffer.from('client')] });
    const message =
      subshell === undefined ? created : { ...created, header: { ...created.header, subshell_id: subshell } };
    this.kernel.onMessage(channel, message);
    await settled();
    return message;
  }

  /** Hands an `execute_request` in. */
  async execute(code: string, options: Record<string, unknown> = {}): Promise<JupyterMessage> {
    return this.request('execute_request', { code, silent: false, store_history: true, ...options });
  }

  /** Lets a subshell be created and returns its id. */
  async createSubshell(): Promise<string> {
    const request = await this.request('create_subshell_request', {}, 'control');
    return String(this.content(request, 'create_subshell_reply')?.['subshell_id']);
  }

  /** Hands an `execute_request` in to a subshell. */
  async executeIn(subshell: string, code: string): Promise<JupyterMessage> {
    return this.request('execute_request', { code }, 'shell', subshell);
  }

  /** Lets the runtime thread say something. */
  async say(message: FromRuntime): Promise<void> {
    this.kernel.onRuntime(message);
    await settled();
  }

  /** Ends a cell, by default the one that was sent last. */
  async finish(outcome: Partial<Extract<CellOutcome, { status: 'ok' }>> = {}, cell = this.running.cell): Promise<void> {
    const full: CellOutcome = { status: 'ok', data: undefined, userExpressions: {}, payloads: [], ...outcome };
    await this.say({ type: 'outcome', cell, outcome: full });
  }

  /** Lets a cell fail, by default the one that was sent last. The kernel takes its time to tell; `idle` waits for that. */
  async fail(name = 'Error', message = 'bad', cell = this.running.cell): Promise<void> {
    const failure = { name, message, stack: '' };
    await this.say({ type: 'outcome', cell, outcome: { status: 'error', failure } });
  }

  /** Resolves when everything that comes of a request was sent. */
  async idle(request: JupyterMessage): Promise<void> {
    while (this.story(request).at(-1) !== 'idle') await this.#next.promise;
    await settled();
  }

  /** The cell that was sent to the runtime thread last. */
  get running(): RunCell {
    const cell = this.asked.findLast((message) => message.type === 'run');
    if (cell === undefined) throw new Error('no cell was sent to the runtime thread');
    return cell;
  }

  /** The comm message that was sent to the runtime thread last. */
  get comm(): CommMessage {
    const message = this.asked.findLast(({ type }) => type === 'comm');
    if (message === undefined) throw new Error('no comm message was sent to the runtime thread');
    return message as CommMessage;
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
