import { EventEmitter } from 'node:events';
import { describe, expect, test, vi } from 'vitest';
import { hearProcess } from '../../../src/kernel/runtime/process-events.ts';

/** A process that can be heard without hearing the test's own. */
function aProcess() {
  const process = new EventEmitter() as unknown as NodeJS.Process;
  const listeners = {
    onException: vi.fn<(error: unknown) => void>(),
    onRejection: vi.fn<(reason: unknown, promise: Promise<unknown>) => void>(),
    onRejectionHandled: vi.fn<(promise: Promise<unknown>) => void>(),
    onWarning: vi.fn<(warning: Error) => void>(),
    onExit: vi.fn<() => void>(),
    signals: { SIGINT: vi.fn<() => void>() },
  };
  hearProcess(listeners, process);
  const emit = (event: string, ...args: unknown[]) => process.emit(event as 'exit', ...(args as [number]));
  return { process, listeners, emit };
}
const error = new Error('bad');
const promise = Promise.resolve();

describe('hearProcess', () => {
  test('hears what nobody has caught, and answers that it was', () => {
    const { listeners, emit } = aProcess();
    expect([emit('uncaughtException', error), emit('unhandledRejection', error, promise)]).toEqual([true, true]);
    expect(listeners.onException).toHaveBeenCalledExactlyOnceWith(error);
    expect(listeners.onRejection).toHaveBeenCalledExactlyOnceWith(error, promise);
  });

  test.each(['uncaughtException', 'unhandledRejection'] as const)('leaves %s to a listener of the user', (event) => {
    const { process, listeners, emit } = aProcess();
    const listener = vi.fn<(...args: unknown[]) => void>();
    process.on(event, listener);
    emit(event, error, promise);
    expect(listener).toHaveBeenCalledWith(error, promise);
    expect(listeners.onException).not.toHaveBeenCalled();
    expect(listeners.onRejection).not.toHaveBeenCalled();
  });

  test('hears both errors when the user’s listener throws', () => {
    const { process, listeners, emit } = aProcess();
    const second = new Error('in the listener');
    process.on('uncaughtException', () => {
      throw second;
    });
    emit('uncaughtException', error);
    expect(listeners.onException.mock.calls).toEqual([[second], [error]]);
  });

  test('hears warnings, late handling and the end beside the user', () => {
    const { process, listeners, emit } = aProcess();
    const seen: string[] = [];
    for (const event of ['warning', 'rejectionHandled', 'exit']) process.on(event as 'exit', () => seen.push(event));
    emit('warning', error);
    emit('rejectionHandled', promise);
    emit('exit', 0);
    expect(seen).toEqual(['warning', 'rejectionHandled', 'exit']);
    expect(listeners.onWarning).toHaveBeenCalledWith(error);
    expect(listeners.onRejectionHandled).toHaveBeenCalledWith(promise);
    expect(listeners.onExit).toHaveBeenCalledOnce();
  });

  test('hears the end also when a listener of it throws', () => {
    const { process, listeners, emit } = aProcess();
    process.on('exit', () => {
      throw error;
    });
    emit('exit', 0);
    expect(listeners.onException).toHaveBeenCalledWith(error);
    expect(listeners.onExit).toHaveBeenCalledOnce();
  });

  test('goes on hearing errors and signals after the user has removed all listeners', () => {
    const { process, listeners, emit } = aProcess();
    const [own, nodes] = [vi.fn<() => void>(), vi.fn<() => void>()];
    process.on('SIGUSR2', own).on('removeListener', nodes);
    process.removeAllListeners();
    for (const event of ['uncaughtException', 'SIGUSR2', 'SIGINT']) emit(event, error);
    expect(listeners.onException).toHaveBeenCalledWith(error);
    expect(listeners.signals.SIGINT).toHaveBeenCalledOnce();
    expect(own).not.toHaveBeenCalled();
    expect(process.listenerCount('removeListener')).toBe(1);
  });

  test('removes the listeners of one event as ever, and passes other events on', () => {
    const { process, listeners, emit } = aProcess();
    const [removed, kept] = [vi.fn<() => void>(), vi.fn<() => void>()];
    process.on('message', removed).on('SIGINT', removed).on('SIGUSR2', kept);
    process.removeAllListeners('message').removeAllListeners('SIGINT');
    expect([emit('message'), emit('SIGINT'), emit('SIGUSR2')]).toEqual([false, true, true]);
    expect(removed).not.toHaveBeenCalled();
    expect(listeners.signals.SIGINT).toHaveBeenCalledOnce();
  });
});
