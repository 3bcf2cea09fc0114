import { type ConnectionInfo, endpoint } from '../kernel/wire/connection-file.ts';
import { decodeMessage, encodeMessage, type JupyterMessage, WireError } from '../kernel/wire/message.ts';

/** A channel on which a client sends requests. */
export type RequestChannel = 'shell' | 'control';

/** A client's end of a kernel's sockets. */
export interface KernelChannels {
  send(channel: RequestChannel, message: JupyterMessage): Promise<void>;
  /** Hands every message that comes to `listener`; set once. */
  listen(listener: (channel: RequestChannel | 'iopub', message: JupyterMessage) => void): void;
  close(): void;
}

/** Returns channels over ZeroMQ to the kernel that a connection file describes, whether it is up already or not. */
export async function openChannels(info: ConnectionInfo, session: string): Promise<KernelChannels> {
  const { Dealer, Subscriber } = await import('zeromq');
  // linger: nothing keeps this process waiting for a kernel that is gone. reconnectInterval: it is tried again at once.
  const options = { linger: 0, reconnectInterval: 5, receiveHighWaterMark: 0 };
  const sockets = {
    shell: new Dealer({ ...options, routingId: session }),
    control: new Dealer({ ...options, routingId: session }),
    iopub: new Subscriber(options),
  };
  sockets.shell.connect(endpoint(info, info.shell_port));
  sockets.control.connect(endpoint(info, info.control_port));
  sockets.iopub.connect(endpoint(info, info.iopub_port));
  sockets.iopub.subscribe();
  return {
    send: (channel, message) => sockets[channel].send(encodeMessage(message, info.key)),
    listen: (listener) => {
      for (const channel of ['shell', 'control', 'iopub'] as const) {
        void receive(sockets[channel], info.key, (message) => listener(channel, message));
      }
    },
    close: () => Object.values(sockets).forEach((socket) => socket.close()),
  };
}

/** Reads a socket until it is closed; frames that are no message are dropped, as the protocol wants it. */
async function receive(
  socket: AsyncIterable<Uint8Array[]>,
  key: string,
  take: (message: JupyterMessage) => void,
): Promise<void> {
  for await (const frames of socket) {
    try {
      take(decodeMessage(frames, key));
    } catch (error) {
      if (!(error instanceof WireError)) throw error;
    }
  }
}
