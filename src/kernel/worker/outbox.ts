import { setTimeout as wait } from 'node:timers/promises';
import type { Router, XPublisher } from 'zeromq';
import { MIN_BYTES } from '../backlog.ts';

/** How many broadcast messages ZeroMQ keeps for each client that has not read them yet. */
export const MAX_KEPT = 256;
/** How long a client may read nothing before messages to it are dropped, in milliseconds; and when the kernel ends. */
const PATIENCE_MS = 10_000;
const LEAVING_PATIENCE_MS = 300;
/** How long a client may take to connect the socket on which it is asked something, in milliseconds. */
const CONNECT_MS = 1000;
/** How often it is looked whether a client has read something, in milliseconds. */
const RETRY_MS = 2;

/** Sends one message after another: a ZeroMQ socket takes one send at a time. */
export class Outbox {
  readonly #socket: Router;
  #last: Promise<void> = Promise.resolve();

  constructor(socket: Router) {
    this.#socket = socket;
  }

  push(frames: Uint8Array[]): void {
    // A client that has gone is no reason to stop: its message is lost, the next one is sent.
    this.#last = this.#last.then(() => this.#send(frames as Buffer[])).catch(() => {});
  }

  drained(): Promise<void> {
    return this.#last;
  }

  /** A client that has just come may have connected this socket last. */
  async #send(frames: Buffer[]): Promise<void> {
    const since = performance.now();
    for (;;) {
      try {
        return await this.#socket.send(frames);
      } catch (error) {
        const isUnreachable = error instanceof Error && 'code' in error && error.code === 'EHOSTUNREACH';
        if (!isUnreachable || performance.now() - since > CONNECT_MS) throw error;
        await wait(RETRY_MS);
      }
    }
  }
}

/**
 * Sends one message after another to every client. A slow client is waited for, so nothing is lost and ZeroMQ keeps little;
 * one that reads nothing for long has stopped, and loses what does not fit until it reads again.
 */
export class Broadcast {
  readonly #socket: XPublisher;
  #last: Promise<void> = Promise.resolve();
  #patienceMs = PATIENCE_MS;
  /** Since when a client reads nothing. */
  #stalledSince: number | undefined;
  /** How much waits, each message counted with `MIN_BYTES` at least. */
  bytes = 0;

  constructor(socket: XPublisher) {
    this.#socket = socket;
  }

  push(frames: Uint8Array[]): void {
    const bytes = Math.max(
      MIN_BYTES,
      frames.reduce((sum, frame) => sum + frame.byteLength, 0),
    );
    this.bytes += bytes;
    this.#last = this.#last.then(() => this.#send(frames as Buffer[])).finally(() => (this.bytes -= bytes));
  }

  drained(): Promise<void> {
    this.#patienceMs = LEAVING_PATIENCE_MS;
    return this.#last;
  }

  async #send(frames: Buffer[]): Promise<void> {
    while (!(await this.#isSent(frames))) {
      this.#stalledSince ??= performance.now();
      if (performance.now() - this.#stalledSince > this.#patienceMs) return this.#sendToOthers(frames);
      await wait(RETRY_MS);
    }
    this.#stalledSince = undefined;
  }

  /** Tries to send; not possible while a client has too much to read. */
  async #isSent(frames: Buffer[]): Promise<boolean> {
    try {
      await this.#socket.send(frames);
      return true;
    } catch (error) {
      // Anything else means that the socket is closed.
      return !(error instanceof Error && 'code' in error && error.code === 'EAGAIN');
    }
  }

  async #sendToOthers(frames: Buffer[]): Promise<void> {
    this.#socket.noDrop = false;
    await this.#isSent(frames);
    this.#socket.noDrop = true;
  }
}
