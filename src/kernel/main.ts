import { delimiter, dirname } from 'node:path';
import { Worker } from 'node:worker_threads';
import { moduleUrl } from '../base/module-url.ts';
import { ChildProcesses } from './runtime/child-processes.ts';
import { CurrentCell } from './runtime/current-cell.ts';
import { failureOf } from './runtime/failure.ts';
import { installGlobals } from './runtime/globals.ts';
import { complete, inspectAt } from './runtime/introspect.ts';
import { Names } from './runtime/names.ts';
import { Output } from './runtime/output.ts';
import { Session } from './runtime/session.ts';
import type { FromRuntime, ProtocolThreadData, ToRuntime } from './thread-messages.ts';

/** How long the protocol thread has to send what is left and to close the sockets, in milliseconds. */
const LEAVING_TIMEOUT_MS = 1000;

/**
 * A kernel process: `node [flags] main.js CONNECTION_FILE`.
 * This thread runs the user's cells and nothing else; sockets, signatures, queues and the compiler live on the protocol
 * thread (`worker/main.ts`), which therefore answers, and can interrupt, whatever the cells do.
 */
function main(connectionFile: string | undefined): void {
  const closed = new Int32Array(new SharedArrayBuffer(4));
  const workerData: ProtocolThreadData = { connectionFile, folder: process.cwd(), closed };
  const worker = new Worker(moduleUrl('./worker/main', import.meta.url), { workerData });
  const post = (message: FromRuntime): void => worker.postMessage(message);
  const current = new CurrentCell();
  const output = new Output(post, current);
  const children = new ChildProcesses(output);
  const names = new Names();
  const session = new Session({ post, current, output, names, children });

  // Some front ends interrupt by signal; it comes here while a cell waits, and to `vm` while one computes.
  const onSignal = (): void => session.interrupt();

  worker.on('message', (message: ToRuntime) => {
    switch (message.type) {
      case 'run':
        void session.run(message);
        return;
      case 'interrupt':
        // `vm` takes the listener off while a script runs; where that was terminated, it was not put back.
        process.off('SIGINT', onSignal).on('SIGINT', onSignal);
        session.interrupt();
        return post({ type: 'interrupted', request: message.request });
      case 'complete':
        return post({ type: 'completion', request: message.request, completion: complete(message, names) });
      case 'inspect':
        return post({ type: 'inspection', request: message.request, data: inspectAt(message, names) });
      case 'exit':
        process.exit(0);
    }
  });
  // Where the protocol thread ends by itself, it has said why on the real standard error.
  worker.on('exit', (code) => {
    Atomics.store(closed, 0, 1);
    process.exit(code);
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

main(process.argv[2]);
