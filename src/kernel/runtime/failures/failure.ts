import { inspect, stripVTControlCharacters, types } from 'node:util';
import type { Failure } from '../../thread-messages.ts';
import { importHint } from './import-hint.ts';
import { withOwnFormat } from './stack-format.ts';

/** How long a chain of causes may be, lest a ring of errors never ends. */
const MAX_CAUSES = 5;
/** How many errors of an `AggregateError` are told. */
const MAX_ERRORS = 5;
/** How much is shown of a value that was thrown, and of an error's further properties, in UTF-16 units. */
const MAX_SHOWN = 2000;
/** How long a message may be, and the end of a stack, which begins with it. */
const MAX_MESSAGE = 20_000;
const MAX_STACK = 50_000;
/** What every error has, or what a traceback shows in a way of its own. */
const USUAL_PROPERTIES = new Set(['name', 'message', 'stack', 'cause', 'errors']);

/** The error of an interrupted cell; front ends know it by this name. */
export class KeyboardInterrupt extends Error {
  override readonly name: string = 'KeyboardInterrupt';

  constructor() {
    super('the cell was interrupted');
    this.stack = `${this.name}: ${this.message}`;
  }
}

/** In which script, and where in its text, the import stands whose error this is. */
const failedImports = new WeakMap<object, { readonly importOffset: number; readonly importFile: string }>();

/** Notes that `error` comes from the import declaration at `offset` of a script. */
export function markImport(error: unknown, importOffset: number, importFile: string): void {
  if (typeof error === 'object' && error !== null) failedImports.set(error, { importOffset, importFile });
}

/** Returns what is to be known of anything that was thrown. Whatever its getters, traps and inspectors do, it does not throw. */
export function failureOf(error: unknown, causesLeft: number = MAX_CAUSES): Failure {
  if (!isErrorLike(error)) return { name: 'Uncaught', message: shown(error), stack: '' };
  const message = textOf(() => error.message);
  const hint = attempt(() => importHint(error));
  // With the hint, what Node's module loaders say besides their message is of no more use.
  const properties = hint === undefined ? furtherProperties(error) : undefined;
  const errors = causesLeft > 0 ? attempt(() => aggregated(error.errors, causesLeft)) : undefined;
  const cause = causesLeft > 0 ? attempt(() => error.cause) : undefined;
  return {
    name: nameOf(error),
    message: shortened(stripVTControlCharacters(message), MAX_MESSAGE),
    stack: withOwnFormat(() => textOf(() => error.stack)).slice(-MAX_STACK),
    ...failedImports.get(error),
    ...(properties !== undefined && { properties }),
    ...(hint !== undefined && { hint }),
    ...errors,
    ...(cause !== undefined && { cause: failureOf(cause, causesLeft - 1) }),
  };
}

type ErrorLike = Readonly<Record<'name' | 'message' | 'stack' | 'cause' | 'errors' | 'constructor', unknown>>;

/** Errors of other realms (`vm` contexts) are no instances of this one's `Error`. */
function isErrorLike(value: unknown): value is ErrorLike {
  if (typeof value !== 'object' || value === null || types.isProxy(value)) return false;
  if (types.isNativeError(value)) return true;
  return attempt(() => ['stack', 'message', 'name'].every((key) => key in value)) ?? false;
}

/** Returns the error's name; where it only has that of `Error`, the name of its class. */
function nameOf(error: ErrorLike): string {
  const name = textOf(() => error.name) || 'Error';
  if (name !== 'Error') return name;
  const ofClass = attempt(() => (error.constructor as { readonly name?: unknown }).name);
  return typeof ofClass === 'string' && ofClass !== '' ? ofClass : name;
}

function aggregated(errors: unknown, causesLeft: number): Pick<Failure, 'errors' | 'errorCount'> | undefined {
  if (!Array.isArray(errors) || errors.length === 0) return undefined;
  const first = Array.from(errors.slice(0, MAX_ERRORS), (error: unknown) => failureOf(error, causesLeft - 1));
  return { errors: first, errorCount: errors.length };
}

/** Returns what else the error carries (`code`, `errno`, `path`, …), without asking getters. */
function furtherProperties(error: ErrorLike): string | undefined {
  const properties = Object.entries(Object.getOwnPropertyDescriptors(error))
    .filter(([key, { enumerable, value }]) => enumerable && value !== undefined && !USUAL_PROPERTIES.has(key))
    .map(([key, { value }]) => [key, value as unknown]);
  return properties.length === 0 ? undefined : shown(Object.fromEntries(properties));
}

function shown(value: unknown): string {
  const text =
    typeof value === 'string'
      ? stripVTControlCharacters(value)
      : textOf(() => inspect(value, { depth: 2, maxArrayLength: 20, maxStringLength: 500, breakLength: 100 }));
  return shortened(text, MAX_SHOWN);
}

function shortened(text: string, length: number): string {
  return text.length <= length ? text : `${text.slice(0, length)}… (${text.length} characters)`;
}

/** Returns a text that user code may have a hand in. */
function textOf(read: () => unknown): string {
  try {
    const value = read();
    return typeof value === 'string' ? value : value === undefined ? '' : inspect(value, { depth: 0 });
  } catch {
    return '(cannot be shown: reading it throws)';
  }
}

function attempt<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch {
    return undefined;
  }
}
