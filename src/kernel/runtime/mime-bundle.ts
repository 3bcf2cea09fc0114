import { inspect } from 'node:util';
import type { MimeBundle } from '../thread-messages.ts';

/** The method with which a value shows itself (as in Deno's kernel): it returns a MIME bundle, or a promise of one. */
const DISPLAY = Symbol.for('Jupyter.display');

/**
 * Returns how a value is shown: by its own `[Symbol.for('Jupyter.display')]()` if it has one, else as
 * Node's `util.inspect` shows it, without colours. `text/plain` is always there. A promise only where the value's
 * own method gives one.
 *
 * @throws whatever the value's own method throws
 */
export function mimeBundle(value: unknown): MimeBundle | Promise<MimeBundle> {
  const method: unknown = isObject(value) ? Reflect.get(value, DISPLAY) : undefined;
  if (typeof method !== 'function') return { 'text/plain': plainText(value) };
  const own: unknown = Reflect.apply(method, value, []);
  return own instanceof Promise ? own.then((bundle) => completed(bundle, value)) : completed(own, value);
}

/** Returns `util.inspect`'s text, without colours: clients store and compare it. */
export function plainText(value: unknown): string {
  return inspect(value, { colors: false, depth: 4, maxArrayLength: 100, maxStringLength: 10_000 });
}

function completed(bundle: unknown, value: unknown): MimeBundle {
  if (!isObject(bundle)) return { 'text/plain': plainText(value) };
  return 'text/plain' in bundle ? { ...bundle } : { ...bundle, 'text/plain': plainText(value) };
}

function isObject(value: unknown): value is object {
  return (typeof value === 'object' && value !== null) || typeof value === 'function';
}
