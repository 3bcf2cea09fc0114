import type { Transferable, Worker } from 'node:worker_threads';
import { Backlog, MIN_BYTES } from '../backlog.ts';
import { TextRing, type TakeText } from '../text-ring.ts';
import type { FromRuntime, MimeBundle, SharedMemory } from '../thread-messages.ts';

/** The runtime thread's ways to the protocol thread. */
export interface ProtocolPort {
  readonly post: (message: FromRuntime, transfer?: readonly Transferable[]) => void;
  /** Passes on text that was printed: before the messages that are posted later, and also when this thread computes from now on. */
  readonly print: TakeText;
}

/** Opens the runtime thread's ways to the protocol thread; both wait while too much is on its way. */
export function openProtocolPort(worker: Worker, memory: Pick<SharedMemory, 'text' | 'backlog'>): ProtocolPort {
  const ring = new TextRing(memory.text);
  const backlog = new Backlog(memory.backlog);
  return {
    post: (message, transfer = []) => {
      const bytes = message.type === 'display' ? Math.max(bundleSize(message.data), MIN_BYTES) : 0;
      if (bytes > 0) backlog.add(bytes);
      worker.postMessage({ message, printed: ring.written, bytes }, transfer);
    },
    print: (cell, name, text) => ring.write(cell, name, text),
  };
}

/** Returns about how much a MIME bundle's data are; nearly all are strings. */
export function bundleSize(data: MimeBundle): number {
  return Object.values(data).reduce<number>((sum, value) => sum + (typeof value === 'string' ? value.length : 0), 1000);
}
