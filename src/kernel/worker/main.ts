import { once } from 'node:events';
import { readFileSync, writeSync } from 'node:fs';
import { parentPort, workerData } from 'node:worker_threads';
import { KernelStartError } from '../../base/errors.ts';
import type { FromRuntime, ProtocolThreadData, ToRuntime } from '../thread-messages.ts';
import { readConnectionFile } from '../wire/connection-file.ts';
import { type Channels, openChannels } from './channels.ts';
import { terminate } from './interrupter.ts';
import { Kernel } from './kernel.ts';

/** How long after its start the kernel is left to its clients' first questions, in milliseconds. */
const WARM_UP_DELAY_MS = 30;
/** How long the runtime thread has to end by itself before what it runs is terminated, in milliseconds. */
const EXIT_GRACE_MS = 200;
/** How long before the process is killed, in milliseconds. */
const KILL_GRACE_MS = 2000;
/** How often it is checked whether the process that started the kernel still lives, in milliseconds. */
const PARENT_CHECK_MS = 1000;

/** The protocol thread: everything of a kernel but the user's code. Entry of the worker that `../main.ts` starts. */
async function main(): Promise<void> {
  const { connectionFile, folder, closed, shield } = workerData as ProtocolThreadData;
  const port = parentPort!;
  const post = (message: ToRuntime): void => port.postMessage(message);
  if (connectionFile === undefined) throw new KernelStartError('expected the path of a connection file as argument');
  const info = readConnectionFile(connectionFile);
  // The runtime thread says when it listens; no request may reach it before.
  const [ready] = (await once(port, 'message')) as [FromRuntime];

  const close = async (): Promise<void> => {
    await channels.drained();
    await channels.close();
    Atomics.store(closed, 0, 1);
    Atomics.notify(closed, 0);
  };
  const exit = async (): Promise<void> => {
    await close();
    post({ type: 'exit' });
    // Where the user's code computes, it cannot read the message.
    setTimeout(() => void terminate(), EXIT_GRACE_MS);
    setTimeout(() => process.kill(process.pid, 'SIGKILL'), KILL_GRACE_MS);
  };
  // The sockets deliver only after this function has awaited their binding, when both are there.
  const channels: Channels = await openChannels(info, {
    onMessage: (channel, message) => kernel.onMessage(channel, message),
    onSubscribe: (topic) => kernel.onSubscribe(topic),
    onInvalid: (channel, error) => kernel.onInvalid(channel, error),
  });
  const version = packageVersion();
  const kernel = new Kernel({ channels, post, shield, exit: () => void exit(), log, folder, version });
  kernel.onRuntime(ready);
  port.on('message', (message: FromRuntime) => (message.type === 'leaving' ? void close() : kernel.onRuntime(message)));
  kernel.start();
  setTimeout(() => void kernel.warmUp(), WARM_UP_DELAY_MS).unref();
  endWithParent(() => void exit());
}

/** Ends the kernel when the front end that started it (it says so by `JPY_PARENT_PID`) is gone. */
function endWithParent(exit: () => void): void {
  if (process.env['JPY_PARENT_PID'] === undefined) return;
  const parent = process.ppid;
  const timer = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(timer);
    exit();
  }, PARENT_CHECK_MS);
  timer.unref();
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
