import { Worker } from 'node:worker_threads';
import { moduleUrl } from '../../../base/module-url.ts';

/** Calls `onSignal` at each SIGINT, also while the runtime thread computes; until it is up, that thread's event loop hears of them. */
export function watchSignals(onSignal: () => void): void {
  const sentinel = new Worker(moduleUrl('./signal-sentinel', import.meta.url));
  sentinel.on('message', onSignal);
  // It never ends by itself, and is no reason to stay.
  sentinel.unref();
}
