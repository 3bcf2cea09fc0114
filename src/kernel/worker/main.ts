import { once } from 'node:events';
import { readFileSync, writeSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import { parentPort, workerData } from 'node:worker_threads';
import { KernelStartError } from '../../base/errors.ts';
import type { PostedByRuntime, ProtocolThreadData } from '../thread-messages.ts';
import { readConnectionFile } from '../wire/connection-file.ts';
import { type Channels, openChannels } from './channels.ts';
import { DeathNote } from './death-note.ts';
import { Reception } from './reception.ts';
import { Sender } from './sender.ts';

/** How long a first question is waited for, in milliseconds. */
const FIRST_QUESTION_MS = 10;

/** The protocol thread: everything of a kernel but the user's code. Entry of the worker that `../main.ts` starts. */
async function main(): Promise<void> {
  const { connectionFile, folder, memory } = workerData as ProtocolThreadData;
  const port = parentPort!;
  if (connectionFile === undefined) throw new KernelStartError('expected the path of a connection file as argument');
  const connection = readConnectionFile(connectionFile);
  // The runtime thread says when it listens.
  const listening = once(port, 'message') as Promise<[PostedByRuntime]>;

  const version = packageVersion();
  const deathNote = new DeathNote(connectionFile);
  const predecessor = deathNote.takeOver();
  if (predecessor !== undefined) log(`labmill kernel: ${predecessor.trimEnd()}`);
  // The sockets deliver only after this function has awaited their binding, when they are there.
  const sender = new Sender({ send: (channel, message) => channels.send(channel, message) });
  const reception = new Reception({ sender, version, log, isRestart: predecessor !== undefined });
  const channels: Channels = await openChannels(connection, reception);
  reception.begin();
  sender.publish('status', { execution_state: 'starting' });

  // The rest takes a quarter of the start to load, and no first question waits for it.
  await Promise.race([reception.firstAnswer, wait(FIRST_QUESTION_MS)]);
  const { runKernel } = await import('./run-kernel.ts');
  const [ready] = await listening;
  const parts = { connection, folder, memory, port, sender, reception, channels, version, log, deathNote, predecessor };
  runKernel(parts, ready.message);
}

/** Writes past `console`, whose text would go through the main thread, which may be busy. */
function log(line: string): void {
  writeSync(2, `${line}\n`);
}

function packageVersion(): string {
  const file = new URL('../../../package.json', import.meta.url);
  return (JSON.parse(readFileSync(file, 'utf8')) as { version: string }).version;
}

try {
  await main();
} catch (error) {
  log(
    error instanceof KernelStartError
      ? `labmill kernel: ${error.message}`
      : String(error instanceof Error ? error.stack : error),
  );
  process.exit(1);
}
