import { Script } from 'node:vm';

/** Where `CALL` finds what to call. */
const SLOT = Symbol.for('labmill.call');
/** Named as one of Node's own scripts: stacks of cells end above it (see `stack-format.ts`). */
const CALL = new Script(`globalThis[Symbol.for('labmill.call')]()`, { filename: 'node:labmill' });

/** Calls a cell, or a function that a cell has registered, so that a stack shows where the user's code begins. */
export function callUserCode<T>(work: () => T): T {
  Object.defineProperty(globalThis, SLOT, { value: work, configurable: true });
  return CALL.runInThisContext({ displayErrors: false }) as T;
}
