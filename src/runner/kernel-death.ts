import { KernelDiedError } from '../base/errors.ts';

/** How a process ended: one of the two is null. */
export interface ProcessEnd {
  readonly exitStatus: number | null;
  readonly signal: string | null;
}

/** What V8 writes when it gives up: `FATAL ERROR: Reached heap limit Allocation failed - JavaScript heap out of memory`. */
const OUT_OF_MEMORY = /FATAL ERROR: .*(?:heap out of memory|Allocation failed)/;
/** What Node writes behind the last words of a process; of no use to those who write notebooks. */
const NATIVE_STACK = /\n*-+ (?:Native|JavaScript) stack trace -+[^]*/;
/** How much of the last words is quoted, in characters. */
const QUOTED = 2000;
const CRASHES = new Set(['SIGABRT', 'SIGBUS', 'SIGFPE', 'SIGILL', 'SIGSEGV']);

/**
 * Returns the error of a kernel whose process has ended: why, as far as that can be known, and what it last wrote.
 *
 * @param tail the end of what it wrote to its own standard output and error
 */
export function kernelDeath(pid: number, end: ProcessEnd, tail: string): KernelDiedError {
  const died = `kernel died: the process (pid ${pid})`;
  if (OUT_OF_MEMORY.test(tail)) {
    const cure = 'NODE_OPTIONS=--max-old-space-size=MEGABYTES raises it';
    return new KernelDiedError(`${died} ran out of memory: V8's heap reached its limit (${cure})`, end);
  }
  const lastWords = tail.replace(NATIVE_STACK, '').trim().slice(-QUOTED);
  const said = lastWords === '' ? '' : `. It wrote:\n${lastWords}`;
  return new KernelDiedError(`${died} ${reasonOf(end)}${said}`, end);
}

function reasonOf({ exitStatus, signal }: ProcessEnd): string {
  if (signal === null) return `ended with exit status ${exitStatus}`;
  if (signal === 'SIGKILL') return 'was killed by SIGKILL, as systems do that run out of memory';
  return CRASHES.has(signal) ? `crashed in native code (${signal})` : `was killed by ${signal}`;
}
