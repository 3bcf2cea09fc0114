/** What the kernel must hear of, whatever listeners user code adds and removes. */
export interface ProcessListeners {
  /** An exception that nothing caught and no listener of the user took. */
  onException(error: unknown): void;
  /** A rejection that nothing handled and no listener of the user took. */
  onRejection(reason: unknown, promise: Promise<unknown>): void;
  /** Such a rejection was handled after all. */
  onRejectionHandled(promise: Promise<unknown>): void;
  onWarning(warning: Error): void;
  /** The process ends; the user's listeners have been called. */
  onExit(): void;
  readonly signals: Readonly<Partial<Record<NodeJS.Signals, () => void>>>;
}

/**
 * Hears the process's events by taking the place of `process.emit`, which Node calls for each of them: listeners would be
 * gone after `process.removeAllListeners()`, and would keep Node from asking whether the user has some of their own.
 * For signals Node does need listeners; they are spared.
 */
export function hearProcess(listeners: ProcessListeners, process: NodeJS.Process = globalThis.process): void {
  const emit = process.emit.bind(process) as (event: string, ...args: unknown[]) => boolean;
  const removeAllListeners = process.removeAllListeners.bind(process);

  /** Lets the user's listeners have an event; returns whether there are any. What they throw is an exception like others. */
  const toUser = (event: string, args: unknown[]): boolean => {
    try {
      return emit(event, ...args);
    } catch (error) {
      listeners.onException(error);
      return false;
    }
  };
  const hear = (event: string, ...args: unknown[]): boolean => {
    switch (event) {
      case 'uncaughtException':
        if (!toUser(event, args)) listeners.onException(args[0]);
        return true;
      case 'unhandledRejection':
        if (!toUser(event, args)) listeners.onRejection(args[0], args[1] as Promise<unknown>);
        return true;
      case 'rejectionHandled':
        listeners.onRejectionHandled(args[0] as Promise<unknown>);
        return emit(event, ...args);
      case 'warning':
        listeners.onWarning(args[0] as Error);
        return emit(event, ...args);
      case 'exit':
        toUser(event, args);
        listeners.onExit();
        return true;
      default:
        return emit(event, ...args);
    }
  };
  const signals = new Map<string | symbol, () => void>(Object.entries(listeners.signals));
  /** Removes the user's listeners: whoever takes off the last listener of a signal gives the signal back to the system. */
  const removeOfUser = (event: string | symbol): void => {
    const own = signals.get(event);
    if (own === undefined) removeAllListeners(event);
    else for (const one of process.rawListeners(event)) if (one !== own) process.off(event, one as () => void);
  };
  const removeAll = (event?: string | symbol): NodeJS.Process => {
    // Not the two by which Node itself learns that a signal is listened to: it would hear of none any more.
    const all = process.eventNames().filter((name) => name !== 'newListener' && name !== 'removeListener');
    (event === undefined ? all : [event]).forEach(removeOfUser);
    return process;
  };

  // Node's own listener writes warnings to the real standard error.
  removeAllListeners('warning');
  Object.assign(process, { emit: hear, removeAllListeners: removeAll });
  for (const [name, listener] of signals) process.on(name, listener);
}
