import { delimiter, dirname, join } from 'node:path';
import type { Worker } from 'node:worker_threads';
import { Shield } from '../shield.ts';
import type { SharedMemory, ToRuntime } from '../thread-messages.ts';
import { ChildProcesses } from './child-processes.ts';
import { Comms } from './comms.ts';
import { CurrentCell } from './current-cell.ts';
import { defineGlobals } from './define-globals.ts';
import { Ending } from './failures/ending.ts';
import { installGlobals } from './globals.ts';
import { InterruptedTimers } from './interrupts/interrupted-timers.ts';
import { complete, inspectAt } from './introspect.ts';
import { LocalModules } from './modules/local-modules.ts';
import { LateFailures } from './failures/late-failures.ts';
import { SourceCompiler } from './modules/source-compiler.ts';
import { Names } from './names.ts';
import { Output } from './output.ts';
import { OutputLimit } from './output-limit.ts';
import { openProtocolPort } from './protocol-port.ts';
import { hearProcess } from './process-events.ts';
import { Session } from './session.ts';
import { SpawnedChildren } from './interrupts/spawned-children.ts';
import { installStackFormat } from './failures/stack-format.ts';
import { emptyProcessStdin, stdinGlobals } from './stdin.ts';
import { TornImmediates } from './interrupts/torn-immediates.ts';
import { warningText } from './failures/warning-text.ts';

/**
 * Makes this thread the one that runs the user's cells, as the protocol thread asks for it: takes over the standard
 * streams, signals and uncaught errors, and puts the kernel's functions on the global object.
 *
 */
export function startRuntime(worker: Worker, memory: SharedMemory): void {
  const { post, print } = openProtocolPort(worker, memory);
  const current = new CurrentCell();
  const limit = new OutputLimit(process.env['LABMILL_MAX_OUTPUT_MB']);
  const output = new Output(post, current, { print, limit });
  const shield = new Shield(memory.shield);
  const children = new ChildProcesses(output, shield);
  const names = new Names();
  const modules = new LocalModules(shield);
  const sources = new SourceCompiler(post);
  const late = new LateFailures({ post, current, output });
  const ending = new Ending({ post, current, late, children, exit: process.exit.bind(process), closed: memory.closed });
  const timers = new InterruptedTimers(current);
  timers.watch();
  const immediates = new TornImmediates();
  immediates.watch();
  const session = new Session({ post, current, output, names, children, modules, sources, shield, late, timers });
  const comms = new Comms({ post, current, output });

  const spawned = new SpawnedChildren(current);
  spawned.watch();
  const interrupt = (): void => {
    spawned.interrupt(session.cells);
    session.interrupt();
    comms.interrupt();
  };
  // Some front ends interrupt by signal. The protocol thread hears of it; this one does, where it waits, until that is up.
  const onSignal = (): void => shield.protect(interrupt);

  let interrupts = 0;
  shield.listen(() => immediates.beforeTermination());
  worker.on('message', (message: ToRuntime) => {
    shield.reset();
    switch (message.type) {
      case 'run':
        void session.run(message);
        return;
      case 'compiled':
        return sources.onCompiled(message);
      case 'comm':
        void comms.receive(message);
        return;
      case 'interrupt':
        return shield.protect(() => {
          // It comes again where a termination may have hit its reading, and is not to hit the next cell.
          const isNew = message.request > interrupts;
          interrupts = message.request;
          try {
            if (isNew) interrupt();
          } finally {
            post({ type: 'interrupted', request: message.request });
          }
        });
      case 'complete':
        return void complete(message, names).then((completion) =>
          post({ type: 'completion', request: message.request, completion }),
        );
      case 'inspect':
        return post({ type: 'inspection', request: message.request, data: inspectAt(message, names) });
      case 'signal':
        for (const listener of process.rawListeners('SIGINT')) if (listener !== onSignal) listener('SIGINT');
        return;
      case 'exit':
        return ending.exit();
    }
  });
  hearProcess({
    onException: (error) => late.exception(error),
    onRejection: (reason, promise) => late.rejection(reason, promise),
    onRejectionHandled: (promise) => late.handled(promise),
    onWarning: (warning) => output.write('stderr', warningText(warning)),
    onExit: () => ending.onExit(),
    signals: { SIGINT: onSignal, ...ending.signals },
  });
  ending.guardProcess();

  // Commands of cells run on the kernel's own Node, also where the machine's Node is another.
  process.env['PATH'] = `${dirname(process.execPath)}${delimiter}${process.env['PATH'] ?? ''}`;
  Error.stackTraceLimit = 30;
  installStackFormat((frame) => modules.original(frame));
  installGlobals(output, names);
  const require = modules.require(join(process.cwd(), 'notebook.js'));
  defineGlobals({ ...stdinGlobals({ post, current }), comms: comms.global(), require });
  emptyProcessStdin();
  output.capture();
  post({ type: 'ready', builtins: [...names.builtins] });
}
