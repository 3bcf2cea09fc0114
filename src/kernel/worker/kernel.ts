import { inspect } from 'node:util';
import type { Failure, FromRuntime, ToRuntime } from '../thread-messages.ts';
import type { ConnectionInfo } from '../wire/connection-file.ts';
import type { JupyterMessage } from '../wire/message.ts';
import type { RequestChannel } from './channels.ts';
import { CellOutputs } from './cell-outputs.ts';
import { Comms } from './comms.ts';
import { Compiler } from './compiler.ts';
import type { DeathNote } from './death-note.ts';
import { Departures } from './departures.ts';
import { Executor } from './executor.ts';
import { History } from './history/history.ts';
import { Interrupter } from './interrupts/interrupter.ts';
import { Introspection } from './introspection.ts';
import { connectInfo, kernelInfo, noDebugger } from './kernel-info.ts';
import { Rehearsal } from './rehearsal.ts';
import { errorReply, RequestError, textField } from './request-content.ts';
import type { Sender } from './sender.ts';
import { Shells } from './shells.ts';
import { Stdin } from './stdin.ts';
import { usageMeter } from './usage.ts';

/** What a kernel is made of. */
export interface KernelParts {
  readonly sender: Sender;
  /** Sends to the runtime thread. */
  readonly post: (message: ToRuntime, transfer?: readonly ArrayBuffer[]) => void;
  /** See `shieldMemory`. */
  readonly shield: Int32Array;
  /** Ends the process after the last messages have left. */
  readonly exit: () => void;
  /** Writes a line to the process's real standard error. */
  readonly log: (line: string) => void;
  readonly connection: ConnectionInfo;
  readonly deathNote: DeathNote;
  /** What is to be said about a kernel that died before this one. */
  readonly predecessor?: string | undefined;
  readonly folder: string;
  /** Where inputs are kept; `undefined`: in memory. */
  readonly historyFile: string | undefined;
  readonly version: string;
}

type Content = Record<string, unknown>;

/** The protocol: answers every request of the Jupyter messaging specification. */
export class Kernel {
  readonly #parts: KernelParts;
  readonly #sender: Sender;
  readonly #history: History;
  readonly #compiler = new Compiler();
  readonly #outputs: CellOutputs;
  readonly #executor: Executor;
  readonly #shells: Shells;
  readonly #interrupter: Interrupter;
  readonly #introspection: Introspection;
  readonly #stdin: Stdin;
  readonly #comms: Comms;
  /** See `KernelParts`, until it has been said. */
  #predecessor: string | undefined;
  readonly #usage = usageMeter();
  readonly #departures = new Departures();
  #rehearsal: Rehearsal | undefined;
  /** Whether a cell has come. */
  #isUsed = false;

  constructor(parts: KernelParts) {
    this.#parts = parts;
    this.#predecessor = parts.predecessor;
    this.#sender = parts.sender;
    const { publish, reply, ask } = this.#sender;
    this.#introspection = new Introspection(parts.post);
    this.#history = new History({ file: parts.historyFile, log: parts.log });
    this.#interrupter = new Interrupter(parts);
    this.#outputs = new CellOutputs(publish);
    this.#executor = new Executor({
      publish,
      reply,
      outputs: this.#outputs,
      run: (message) => {
        const request = this.#outputs.parentOf('cell' in message ? message.cell : 0);
        this.#tellOfPredecessor(request);
        void this.#post(message).then(() => request && this.#departures.end(request));
      },
      onRunning: (executionCounts) => parts.deathNote.write(executionCounts),
      history: this.#history,
      compiler: this.#compiler,
      folder: parts.folder,
    });
    this.#shells = new Shells({
      publish,
      reply,
      execute: (request) => {
        this.#departures.begin(request);
        return this.#executor.execute(request).finally(() => this.#departures.end(request));
      },
    });
    this.#stdin = new Stdin({ ask, requestOf: (cell) => this.#executor.requestOf(cell) });
    this.#comms = new Comms({
      publish: (type, content, cell, extras) => publish(type, content, this.#outputs.parentOf(cell), extras),
      publishFailure: (failure, cell) => this.#outputs.showFailure(failure, cell),
      // A cell that was sent before begins before.
      post: (message, transfer) => void this.#departures.done().then(() => this.#post(message, transfer)),
      adopt: (message) => this.#outputs.cells.adopt(message),
    });
  }

  /** The runtime thread ends the process, because of what a cell does: resolves when everyone who waits has been told. */
  async leave(failure: Failure, cell: number): Promise<void> {
    this.#parts.deathNote.close();
    if (this.#shells.running === undefined) this.#outputs.showLate(failure, cell);
    this.#executor.end(failure);
    await this.#shells.close();
  }

  /** Saves what would else be lost with the process. */
  async close(): Promise<void> {
    this.#parts.deathNote.close();
    await this.#history.close();
  }

  /** Makes ready what the first cell needs. */
  async warmUp(): Promise<void> {
    await this.#compiler.warmUp();
  }

  /** Lets cells pass that nobody asked for, so that the first real one finds everything compiled. */
  async rehearse(): Promise<void> {
    const run = (message: ToRuntime): void => void this.#post(message);
    this.#rehearsal = new Rehearsal({ run, compiler: this.#compiler, folder: this.#parts.folder });
    await this.#rehearsal.run(() => !this.#isUsed);
    this.#rehearsal = undefined;
  }

  /** A request has come. */
  onMessage(channel: RequestChannel, message: JupyterMessage): void {
    if (channel === 'stdin') return this.#stdin.onMessage(message);
    this.#sender.received(message, channel);
    const refusal = (channel === 'shell' ? this.#shells.refusal(message) : undefined) ?? faultOf(message);
    if (refusal !== undefined || message.header.msg_type !== 'execute_request')
      return void this.#answer(message, refusal);
    this.#isUsed = true;
    this.#shells.push(message);
  }

  /** Something has come from the runtime thread. */
  onRuntime(message: FromRuntime): void {
    switch (message.type) {
      case 'ready':
        this.#executor.names.builtins = new Set(message.builtins);
        return;
      case 'interrupted':
        return this.#interrupter.onInterrupted(message.request);
      case 'completion':
      case 'inspection':
        return this.#introspection.onAnswer(message);
      case 'question':
        return this.#stdin.ask(message);
      case 'comm':
        return this.#comms.send(message);
      case 'comm-handled':
        return this.#comms.onHandled(message.cell, message.failure);
      case 'stream':
      case 'clear':
      case 'display':
      case 'late-failure':
        return this.#outputs.show(message);
      default:
        if (message.type === 'outcome') this.#rehearsal?.onOutcome(message);
        return this.#executor.onRuntime(message);
    }
  }

  async #answer(request: JupyterMessage, refusal?: Content): Promise<void> {
    this.#sender.publish('status', { execution_state: 'busy' }, request);
    const { msg_type } = request.header;
    const content =
      refusal ?? (await this.#contentFor(msg_type, request).catch((error) => this.#refused(msg_type, error)));
    if (content !== undefined && msg_type.endsWith('_request')) {
      this.#sender.reply(msg_type.replace(/_request$/, '_reply'), content, request);
    }
    this.#sender.publish('status', { execution_state: 'idle' }, request);
    // Front ends show the latest status, whatever its parent: while a cell runs, that is busy.
    const { running } = this.#shells;
    if (running !== undefined) this.#sender.publish('status', { execution_state: 'busy' }, running);
  }

  async #contentFor(type: string, request: JupyterMessage): Promise<Content | undefined> {
    const { content } = request;
    switch (type) {
      case 'kernel_info_request':
        return kernelInfo(this.#parts.version);
      case 'connect_request':
        return connectInfo(this.#parts.connection);
      case 'is_complete_request':
        if (typeof content['code'] !== 'string') return { status: 'unknown' };
        return { ...(await this.#compiler.completeness(content['code'], this.#executor.names)) };
      case 'history_request':
        return { status: 'ok', history: await this.#history.answer(content) };
      case 'comm_info_request':
        return { status: 'ok', comms: this.#comms.list(content['target_name']) };
      case 'complete_request':
        return this.#introspection.complete(content);
      case 'inspect_request':
        return this.#introspection.inspect(content);
      case 'usage_request':
        return this.#usage();
      case 'debug_request':
        return noDebugger(content);
      case 'interrupt_request':
        await this.interrupt();
        return { status: 'ok' };
      case 'create_subshell_request':
        return this.#shells.create();
      case 'delete_subshell_request':
        return this.#shells.delete(content['subshell_id']);
      case 'list_subshell_request':
        return this.#shells.list();
      case 'shutdown_request':
        return this.#shutDown(request);
      case 'comm_open':
      case 'comm_msg':
      case 'comm_close':
        await this.#comms.receive(type, request);
        return undefined;
      default:
        this.#parts.log(`labmill kernel: no answer to ${JSON.stringify(type)}`);
        return undefined;
    }
  }

  /** Whether an interrupt is under way. */
  get isInterrupting(): boolean {
    return this.#interrupter.isAtWork;
  }

  /**
   * Interrupts what the runtime thread does. A question's wait is ended from here; the runtime thread, which is asked first, goes
   * on to end its cell.
   */
  async interrupt(): Promise<void> {
    const interrupted = this.#interrupter.interrupt();
    this.#stdin.interrupt();
    await interrupted;
  }

  /** Whoever runs the first cell after a death learns of it there, where every front end shows it. */
  #tellOfPredecessor(parent: JupyterMessage | undefined): void {
    if (this.#predecessor === undefined || parent === undefined || parent.content['silent'] === true) return;
    this.#sender.publish('stream', { name: 'stderr', text: this.#predecessor }, parent);
    this.#predecessor = undefined;
  }

  /** Returns the content of the reply to a request that could not be answered; messages that have none are named on the log. */
  #refused(type: string, error: unknown): Content {
    const reason = error instanceof RequestError ? error.message : inspect(error);
    this.#parts.log(`labmill kernel: ${type} was refused: ${reason}`);
    return errorReply(error);
  }

  #shutDown(request: JupyterMessage): Content {
    const content = { status: 'ok', restart: request.content['restart'] === true };
    // Every client is told, not only the one that asked.
    this.#sender.publish('shutdown_reply', content, request);
    this.#stdin.interrupt();
    setImmediate(this.#parts.exit);
    return content;
  }

  /** Sends to the runtime thread, when no termination is under way that would swallow the message. */
  async #post(message: ToRuntime, transfer?: readonly ArrayBuffer[]): Promise<void> {
    await this.#interrupter.quiet();
    this.#parts.post(message, transfer);
  }
}

/** Returns the content of the error reply to a request that can never run. */
function faultOf({ header, content }: JupyterMessage): Content | undefined {
  if (header.msg_type !== 'execute_request') return undefined;
  try {
    textField(content, 'code');
    return undefined;
  } catch (error) {
    return errorReply(error);
  }
}
