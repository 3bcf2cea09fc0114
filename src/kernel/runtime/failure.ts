import { inspect, stripVTControlCharacters } from 'node:util';
import type { Failure } from '../thread-messages.ts';

/** How long a chain of causes may be, lest a ring of errors never ends. */
const MAX_CAUSES = 5;

/** The error of an interrupted cell; front ends know it by this name. */
export class KeyboardInterrupt extends Error {
  override readonly name: string = 'KeyboardInterrupt';

  constructor() {
    super('the cell was interrupted');
    this.stack = `${this.name}: ${this.message}`;
  }
}

/** Where in a cell's text the import stands whose error this is. */
const importOffsets = new WeakMap<object, number>();

/** Notes that `error` comes from the import declaration at `offset`. */
export function markImport(error: unknown, offset: number): void {
  if (typeof error === 'object' && error !== null) importOffsets.set(error, offset);
}

/** Returns what is to be known of anything that was thrown. */
export function failureOf(error: unknown, causesLeft: number = MAX_CAUSES): Failure {
  if (!isErrorLike(error)) {
    const message = typeof error === 'string' ? error : inspect(error, { depth: 2 });
    return { name: 'Uncaught', message, stack: '' };
  }
  const importOffset = importOffsets.get(error);
  const hasCause = error.cause !== undefined && causesLeft > 0;
  return {
    name: String(error.name),
    message: stripVTControlCharacters(String(error.message)),
    stack: String(error.stack),
    ...(importOffset === undefined ? {} : { importOffset }),
    ...(hasCause ? { cause: failureOf(error.cause, causesLeft - 1) } : {}),
  };
}

/** Errors of other realms (`vm` contexts) are no instances of this one's `Error`. */
function isErrorLike(value: unknown): value is Record<'name' | 'message' | 'stack' | 'cause', unknown> {
  return typeof value === 'object' && value !== null && 'stack' in value && 'message' in value && 'name' in value;
}
