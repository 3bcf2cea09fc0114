import { setImmediate } from 'node:timers/promises';
import { type Publisher, Reply, Router, XPublisher } from 'zeromq';
import { KernelStartError } from '../../base/errors.ts';
import { type ConnectionInfo, endpoint } from '../wire/connection-file.ts';
import { decodeMessage, encodeMessage, type JupyterMessage, WireError } from '../wire/message.ts';

/** The channels that clients send requests on. */
export type RequestChannel = 'shell' | 'control' | 'stdin';

/** The kernel's side of the five channels. */
export interface Channels {
  /** Sends a message; messages of one channel leave in the order of the calls. */
  send(channel: RequestChannel | 'iopub', message: JupyterMessage): void;
  /** Resolves when everything that was sent has left. */
  drained(): Promise<void>;
  /** Closes the sockets; resolves when nothing of ZeroMQ is under way any more. */
  close(): Promise<void>;
}

/** What the kernel does with what comes in. */
export interface ChannelEvents {
  onMessage(channel: RequestChannel, message: JupyterMessage): void;
  /** A client has subscribed to iopub (JEP 65); `topic` is what it subscribed to. */
  onSubscribe(topic: string): void;
  /** Frames that are no message of ours: they are dropped. */
  onInvalid(channel: RequestChannel, error: WireError): void;
}

/**
 * Binds the five sockets and begins to listen.
 * No high-water mark on sending: ZeroMQ would silently drop what a slow client has not read yet.
 *
 * @throws KernelStartError when an address is taken
 */
export async function openChannels(info: ConnectionInfo, events: ChannelEvents): Promise<Channels> {
  const options = { linger: 1000, sendHighWaterMark: 0 };
  const routers = { shell: new Router(options), control: new Router(options), stdin: new Router(options) };
  const iopub = new XPublisher({ ...options, verbosity: 'allSubs' });
  const heartbeat = new Reply({ linger: 0 });
  const sockets = [
    [routers.shell, info.shell_port],
    [routers.control, info.control_port],
    [routers.stdin, info.stdin_port],
    [heartbeat, info.hb_port],
    [iopub, info.iopub_port],
  ] as const;
  for (const [socket, port] of sockets) await bind(socket, endpoint(info, port));

  const outboxes = {
    shell: new Outbox(routers.shell),
    control: new Outbox(routers.control),
    stdin: new Outbox(routers.stdin),
    iopub: new Outbox(iopub),
  };
  const loops = [
    echo(heartbeat),
    subscriptions(iopub, events),
    ...(['shell', 'control', 'stdin'] as const).map((channel) => listen(channel, routers[channel], info.key, events)),
  ];

  return {
    send: (channel, message) => outboxes[channel].push(encodeMessage(message, info.key)),
    drained: async () => {
      await Promise.all(Object.values(outboxes).map((outbox) => outbox.drained()));
    },
    close: async () => {
      for (const [socket] of sockets) socket.close();
      await Promise.allSettled(loops);
      // The sockets' handles are closed in the next turns of the event loop; a thread that ends before aborts.
      for (let turn = 0; turn < 3; turn++) await setImmediate();
    },
  };
}

/** Sends one message after another: a ZeroMQ socket takes one send at a time. */
class Outbox {
  readonly #socket: Router | Publisher | XPublisher;
  #last: Promise<void> = Promise.resolve();

  constructor(socket: Router | Publisher | XPublisher) {
    this.#socket = socket;
  }

  push(frames: Uint8Array[]): void {
    // A client that has gone is no reason to stop: its message is lost, the next one is sent.
    this.#last = this.#last.then(() => this.#socket.send(frames as Buffer[])).catch(() => {});
  }

  drained(): Promise<void> {
    return this.#last;
  }
}

async function bind(socket: { bind(address: string): Promise<void> }, address: string): Promise<void> {
  try {
    await socket.bind(address);
  } catch (cause) {
    throw new KernelStartError(`${address}: could not be bound; is another kernel using this connection file?`, {
      cause,
    });
  }
}

async function echo(heartbeat: Reply): Promise<void> {
  for await (const frames of heartbeat) await heartbeat.send(frames);
}

async function listen(channel: RequestChannel, router: Router, key: string, events: ChannelEvents): Promise<void> {
  for await (const frames of router) {
    try {
      events.onMessage(channel, decodeMessage(frames, key));
    } catch (error) {
      if (!(error instanceof WireError)) throw error;
      events.onInvalid(channel, error);
    }
  }
}

/** A subscription is one frame: 1 for subscribe or 0 for unsubscribe, then the topic. */
async function subscriptions(iopub: XPublisher, events: ChannelEvents): Promise<void> {
  for await (const [frame] of iopub) {
    if (frame?.[0] === 1) events.onSubscribe(frame.subarray(1).toString());
  }
}
