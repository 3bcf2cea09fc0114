import { setImmediate } from 'node:timers/promises';
import { Reply, Router, XPublisher } from 'zeromq';
import { KernelStartError } from '../../base/errors.ts';
import { type ConnectionInfo, endpoint } from '../wire/connection-file.ts';
import { Broadcast, MAX_KEPT, Outbox } from './outbox.ts';
import { decodeMessage, encodeMessage, type JupyterMessage, signatureOf, WireError } from '../wire/message.ts';

/** The channels that clients send requests on. */
export type RequestChannel = 'shell' | 'control' | 'stdin';

/** The kernel's side of the five channels. */
export interface Channels {
  /** Sends a message; messages of one channel leave in the order of the calls. */
  send(channel: RequestChannel | 'iopub', message: JupyterMessage): void;
  /** Whether clients have much to read yet that was broadcast. */
  isCongested(): boolean;
  /** Resolves when everything that was sent has left; clients that do not read are not waited for any more. */
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

/** How many bytes wait to be broadcast before the kernel counts as congested. */
const CONGESTED_BYTES = 16_000_000;
/** How many signatures are remembered: a message that comes again was recorded by someone. */
const MAX_SIGNATURES = 10_000;

/**
 * Binds the five sockets and begins to listen.
 * No high-water mark on replies: ZeroMQ would silently drop what a slow client has not read yet. Broadcasts have one,
 * and wait for slow clients (`Broadcast`).
 *
 * @throws KernelStartError when an address is taken
 */
export async function openChannels(info: ConnectionInfo, events: ChannelEvents): Promise<Channels> {
  // A client that comes again under its old name is heard, also where its old connection is not known to be gone yet.
  const options = { linger: 1000, sendHighWaterMark: 0, handover: true };
  const routers = {
    shell: new Router(options),
    control: new Router(options),
    // Of a question to a client that is not connected ZeroMQ is to tell, rather than to drop it.
    stdin: new Router({ ...options, mandatory: true }),
  };
  const iopub = new XPublisher({ linger: 1000, sendHighWaterMark: MAX_KEPT, noDrop: true, verbosity: 'allSubs' });
  const heartbeat = new Reply({ linger: 0 });
  // First the one that is to be heard when the others are answered.
  const sockets = [
    [iopub, info.iopub_port],
    [routers.stdin, info.stdin_port],
    [routers.control, info.control_port],
    [routers.shell, info.shell_port],
    [heartbeat, info.hb_port],
  ] as const;
  for (const [socket, port] of sockets) await bind(socket, endpoint(info, port));

  const outboxes = {
    shell: new Outbox(routers.shell),
    control: new Outbox(routers.control),
    stdin: new Outbox(routers.stdin),
    iopub: new Broadcast(iopub),
  };
  const loops = [
    echo(heartbeat),
    subscriptions(iopub, events),
    ...(['shell', 'control', 'stdin'] as const).map((channel) => listen(channel, routers[channel], info.key, events)),
  ];

  return {
    send: (channel, message) => outboxes[channel].push(encodeMessage(message, info.key)),
    isCongested: () => outboxes.iopub.bytes > CONGESTED_BYTES,
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
  const signatures = new Set<string>();
  for await (const frames of router) {
    try {
      const message = decodeMessage(frames, key);
      refuseReplay(signatures, signatureOf(frames));
      events.onMessage(channel, message);
    } catch (error) {
      if (!(error instanceof WireError)) throw error;
      events.onInvalid(channel, error);
    }
  }
}

/** @throws WireError when the signature was seen before */
function refuseReplay(seen: Set<string>, signature: string): void {
  if (signature === '') return;
  if (seen.has(signature)) throw new WireError('it has come before');
  seen.add(signature);
  if (seen.size > MAX_SIGNATURES) seen.delete(seen.values().next().value!);
}

/** A subscription is one frame: 1 for subscribe or 0 for unsubscribe, then the topic. */
async function subscriptions(iopub: XPublisher, events: ChannelEvents): Promise<void> {
  for await (const [frame] of iopub) {
    if (frame?.[0] === 1) events.onSubscribe(frame.subarray(1).toString());
  }
}
