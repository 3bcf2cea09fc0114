import { delimiter, dirname } from 'node:path';
import type { Worker } from 'node:worker_threads';
import { Shield } from '../shield.ts';
import type { FromRuntime, ToRuntime } from '../thread-messages.ts';
import { ChildProcesses } from './child-processes.ts';
import { CurrentCell } from './current-cell.ts';
import { failureOf } from './failure.ts';
import { installGlobals } from './globals.ts';
import { complete, inspectAt } from './introspect.ts';
import { Names } from './names.ts';
import { Output } from './output.ts';
import { Session } from './session.ts';

/** How long the protocol thread has to send what is left and to close the sockets, in milliseconds. */
const LEAVING_TIMEOUT_MS = 1000;

/**
 * Makes this thread the one that runs the user's cells, as the protocol thread asks for it: takes over the standard
 * streams, signals and uncaught errors, and puts the kernel's functions on the global object.
 *
 * @param closed see `ProtocolThreadData`
 * @param shieldMemory see `shieldMemory`
 */
export function startRuntime(worker: Worker, closed: Int32Array, shieldMemory: Int32Array): void {
  const post = (message: FromRuntime): void => worker.postMessage(message);
  const current = new CurrentCell();
  const output = new Output(post, current);
  const shield = new Shield(shieldMemory);
  const children = new ChildProcesses(output, shield);
  const names = new Names();
  const session = new Session({ post, current, output, names, children, shield });

  // Some front ends interrupt by signal; it comes here while a cell waits, and to `vm` while one computes.
  const onSignal = (): void => shield.protect(() => session.interrupt());

  worker.on('message', (message: ToRuntime) => {
    switch (message.type) {
      case 'run':
        void session.run(message);
        return;
      case 'interrupt':
        return shield.protect(() => {
          // `vm` takes the listener off while a script runs; where that was terminated, it was not put back.
          process.off('SIGINT', onSignal).on('SIGINT', onSignal);
          session.interrupt();
          post({ type: 'interrupted', request: message.request });
        });
      case 'complete':
        return post({ type: 'completion', request: message.request, completion: complete(message, names) });
      case 'inspect':
        return post({ type: 'inspection', request: message.request, data: inspectAt(message, names) });
      case 'nothing':
        return;
      case 'exit':
        process.exit(0);
    }
  });
  process.on('exit', () => {
    children.signal('SIGTERM');
    output.flush();
    post({ type: 'leaving' });
    Atomics.wait(closed, 0, 0, LEAVING_TIMEOUT_MS);
  });

  const report = (error: unknown): void => {
    post({ type: 'late-failure', cell: current.number, failure: failureOf(error) });
  };
  process.on('uncaughtException', report);
  process.on('unhandledRejection', report);
  process.on('SIGINT', onSignal);

  // Commands of cells run on the kernel's own Node, also where the machine's Node is another.
  process.env['PATH'] = `${dirname(process.execPath)}${delimiter}${process.env['PATH'] ?? ''}`;
  Error.stackTraceLimit = 30;
  installGlobals(output, process.cwd());
  output.capture();
  post({ type: 'ready', builtins: [...names.builtins] });
}
