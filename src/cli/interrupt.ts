/** What Ctrl-C and a polite kill do while a command is at work. */
export interface Interrupt extends Disposable {
  /** Aborted by the first signal; a second one ends the process at once. */
  readonly signal: AbortSignal;
  /** What an interrupted command ends with: 128 and the signal's number. */
  readonly exitCode: number;
}

const exitCodes = { SIGINT: 130, SIGTERM: 143 } as const;

/** Takes over SIGINT and SIGTERM until it is disposed of. */
export function onInterrupt(): Interrupt {
  const controller = new AbortController();
  let exitCode: number = exitCodes.SIGINT;
  const onSignal = (name: 'SIGINT' | 'SIGTERM'): void => {
    if (controller.signal.aborted) process.exit(exitCode);
    exitCode = exitCodes[name];
    controller.abort(new Error(`stopped by ${name}`));
  };
  process.on('SIGINT', onSignal);
  process.on('SIGTERM', onSignal);
  return {
    signal: controller.signal,
    get exitCode() {
      return exitCode;
    },
    [Symbol.dispose]: () => {
      process.removeListener('SIGINT', onSignal);
      process.removeListener('SIGTERM', onSignal);
    },
  };
}
