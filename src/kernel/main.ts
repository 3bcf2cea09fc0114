import { writeSync } from 'node:fs';
import { inspect } from 'node:util';
import { Worker } from 'node:worker_threads';
import { moduleUrl } from '../base/module-url.ts';
import { backlogMemory } from './backlog.ts';
import { shieldMemory } from './shield.ts';
import { textMemory } from './text-ring.ts';
import type { ProtocolThreadData, SharedMemory } from './thread-messages.ts';

/**
 * A kernel process: `node [flags] main.js CONNECTION_FILE`.
 * This thread runs the user's cells and nothing else (`runtime/`); sockets, signatures, queues and the compiler live on the
 * protocol thread (`worker/main.ts`), which therefore answers, and can interrupt, whatever the cells do.
 */
async function main(connectionFile: string | undefined): Promise<void> {
  const closed = new Int32Array(new SharedArrayBuffer(4));
  const memory: SharedMemory = { closed, shield: shieldMemory(), text: textMemory(), backlog: backlogMemory() };
  const workerData: ProtocolThreadData = { connectionFile, folder: process.cwd(), memory };
  const worker = new Worker(moduleUrl('./worker/main', import.meta.url), { workerData });
  // Not through `process.stderr`, which belongs to the cells.
  worker.on('error', (error) => writeSync(2, `labmill kernel: ${inspect(error)}\n`));
  worker.on('exit', (code) => {
    Atomics.store(closed, 0, 1);
    process.exit(code);
  });
  // Loaded only now, while the other thread starts: a tenth of the kernel's start.
  const { startRuntime } = await import('./runtime/start-runtime.ts');
  startRuntime(worker, memory);
}

await main(process.argv[2]);
