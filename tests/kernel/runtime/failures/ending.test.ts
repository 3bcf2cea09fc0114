import { beforeEach, describe, expect, onTestFinished, test, vi } from 'vitest';
import { ChildProcesses } from '../../../../src/kernel/runtime/child-processes.ts';
import { CurrentCell } from '../../../../src/kernel/runtime/current-cell.ts';
import { Ending } from '../../../../src/kernel/runtime/failures/ending.ts';
import { LateFailures } from '../../../../src/kernel/runtime/failures/late-failures.ts';
import { Output } from '../../../../src/kernel/runtime/output.ts';
import { Shield } from '../../../../src/kernel/shield.ts';
import type { FromRuntime } from '../../../../src/kernel/thread-messages.ts';

/** The end of a kernel whose protocol thread has nothing left to send. */
function anEnding() {
  const posted: FromRuntime[] = [];
  const post = (message: FromRuntime) => void posted.push(message);
  const current = new CurrentCell();
  const output = new Output(post, current);
  const late = new LateFailures({ post, current, output });
  const children = new ChildProcesses(output, new Shield());
  const exit = vi.fn<(code?: number) => void>();
  const closed = new Int32Array(new SharedArrayBuffer(4)).fill(1);
  return { ending: new Ending({ post, current, late, children, exit, closed }), posted, current, late, exit };
}
const reason = (message: string) => ({ type: 'leaving', failure: { name: 'KernelExit', message } });

describe('Ending', () => {
  beforeEach(() => {
    const { exitCode } = process;
    onTestFinished(() => void (process.exitCode = exitCode));
  });

  test.each([
    [undefined, 'process.exit() was called'],
    [3, 'process.exit(3) was called'],
  ])('tells who called process.exit, with code %s, once', (code, said) => {
    const { ending, posted, current } = anEnding();
    process.exitCode = code;
    current.run(7, () => ending.onExit());
    ending.onExit();
    expect(posted).toMatchObject([{ cell: 7, ...reason(`the kernel has ended: ${said}`) }]);
    expect(posted).toMatchObject([{ failure: { stack: expect.stringContaining('ending.test.ts') } }]);
  });

  test('tells first what cells have left to fail', () => {
    const { ending, posted, late } = anEnding();
    late.rejection('no', Promise.resolve());
    ending.onExit();
    expect(posted.map(({ type }) => type)).toEqual(['late-failure', 'leaving']);
  });

  test('tells nothing when a client wants the end', () => {
    const { ending, posted, exit } = anEnding();
    ending.exit();
    ending.onExit();
    expect(posted).toEqual([]);
    expect(exit).toHaveBeenCalledExactlyOnceWith();
  });

  test.each([
    ['SIGTERM', 143],
    ['SIGHUP', 129],
  ])('ends as %s asks, with status %i', (signal, status) => {
    const { ending, posted, exit } = anEnding();
    ending.signals[signal]?.();
    ending.onExit();
    expect(exit).toHaveBeenCalledExactlyOnceWith(status);
    expect(posted).toMatchObject([reason(`the kernel has ended: it received ${signal}`)]);
  });
});

describe('a process that ends itself', () => {
  const killed = vi.fn<(pid: number, signal?: string | number) => true>(() => true);

  beforeEach(() => {
    const real = { kill: process.kill.bind(process), abort: process.abort.bind(process) };
    onTestFinished(() => void Object.assign(process, real));
    killed.mockClear();
    Object.assign(process, { kill: killed, abort: killed });
  });

  test.each([
    ['SIGKILL', 'SIGKILL'],
    [11, 'SIGSEGV'],
  ])('by process.kill with %s tells it before', (signal, name) => {
    const { ending, posted } = anEnding();
    ending.guardProcess();
    process.kill(process.pid, signal);
    expect(posted).toMatchObject([reason(`the kernel has ended: process.kill(process.pid, '${name}') was called`)]);
    expect(killed).toHaveBeenCalledExactlyOnceWith(process.pid, signal);
  });

  test('by process.abort tells it before', () => {
    const { ending, posted } = anEnding();
    ending.guardProcess();
    process.abort();
    expect(posted).toMatchObject([reason('the kernel has ended: process.abort() was called')]);
    expect(killed).toHaveBeenCalledOnce();
  });

  test('by process.kill ends in good order where the signal asks for it', () => {
    const { ending, exit } = anEnding();
    ending.guardProcess();
    process.kill(process.pid);
    expect(exit).toHaveBeenCalledExactlyOnceWith(143);
  });

  test.each([
    [process.pid, 0],
    [process.pid, 'SIGWINCH'],
    [1, 'SIGKILL'],
  ])('does not by process.kill(%i, %j)', (pid, signal) => {
    const { ending, posted } = anEnding();
    ending.guardProcess();
    process.kill(pid, signal);
    expect(posted).toEqual([]);
    expect(killed).toHaveBeenCalledExactlyOnceWith(pid, signal);
  });
});
