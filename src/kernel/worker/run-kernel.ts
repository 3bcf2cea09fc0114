import type { MessagePort } from 'node:worker_threads';
import { thisMachine } from '../install/jupyter-paths.ts';
import type { FromRuntime, SharedMemory, ToRuntime } from '../thread-messages.ts';
import type { ConnectionInfo } from '../wire/connection-file.ts';
import type { Channels } from './channels.ts';
import type { DeathNote } from './death-note.ts';
import { hearRuntime } from './hear-runtime.ts';
import { historyFile } from './history/history-file.ts';
import { Kernel } from './kernel.ts';
import { endDescendants } from './interrupts/processes.ts';
import type { Reception } from './reception.ts';
import type { Sender } from './sender.ts';
import { watchSignals } from './interrupts/signal-watch.ts';
import { forceTermination } from './interrupts/terminator.ts';

/** How long after its start the kernel is left to its clients' first questions, in milliseconds. */
const WARM_UP_DELAY_MS = 30;
/** How long after its start the kernel begins to watch signals itself: the thread for that is not to delay the first cell, in milliseconds. */
const WATCH_DELAY_MS = 60;
/** How long the runtime thread has to end by itself before what it runs is terminated, in milliseconds. */
const EXIT_GRACE_MS = 200;
/** How long before the process is killed, in milliseconds. */
const KILL_GRACE_MS = 2000;
/** How often it is checked whether the process that started the kernel still lives, in milliseconds. */
const PARENT_CHECK_MS = 1000;

/** What is there when the sockets are open. */
export interface RunKernelParts {
  readonly connection: ConnectionInfo;
  /** The notebook's folder. */
  readonly folder: string;
  readonly memory: SharedMemory;
  /** To the runtime thread. */
  readonly port: MessagePort;
  readonly sender: Sender;
  readonly reception: Reception;
  readonly channels: Channels;
  readonly version: string;
  readonly log: (line: string) => void;
  readonly deathNote: DeathNote;
  /** What is to be said about a kernel that died before this one. */
  readonly predecessor: string | undefined;
}

/** Puts the kernel between its sockets and the runtime thread, which has said that it is `ready`, until one of them ends it. */
export function runKernel(parts: RunKernelParts, ready: FromRuntime): void {
  const { memory, port, reception, channels, ...others } = parts;
  const post = (message: ToRuntime, transfer: readonly ArrayBuffer[] = []): void => port.postMessage(message, transfer);

  const close = async (): Promise<void> => {
    await kernel.close();
    await channels.drained();
    await channels.close();
    await endDescendants();
    Atomics.store(memory.closed, 0, 1);
    Atomics.notify(memory.closed, 0);
  };
  const exit = async (): Promise<void> => {
    await close();
    post({ type: 'exit' });
    // Where the user's code computes, it cannot read the message.
    setTimeout(() => void forceTermination(memory.shield), EXIT_GRACE_MS);
    setTimeout(() => process.kill(process.pid, 'SIGKILL'), KILL_GRACE_MS);
  };
  const kernel = new Kernel({
    ...others,
    post,
    shield: memory.shield,
    exit: () => void exit(),
    historyFile: historyFile(thisMachine()),
  });
  hearRuntime({
    port,
    memory,
    isHeldUp: () => channels.isCongested() || kernel.isInterrupting,
    onMessage: (message) => {
      if (message.type === 'leaving') void kernel.leave(message.failure, message.cell).then(close);
      else kernel.onRuntime(message);
    },
  });
  kernel.onRuntime(ready);
  reception.handOver(kernel);
  setTimeout(() => void kernel.warmUp().then(() => kernel.rehearse()), WARM_UP_DELAY_MS).unref();
  const onSignal = (): void => {
    void kernel.interrupt();
    post({ type: 'signal' });
  };
  setTimeout(() => watchSignals(onSignal), WATCH_DELAY_MS).unref();
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
