import { types } from 'node:util';

/** An object that was written as a literal (or read from JSON): only data, of any realm. */
export type PlainObject = Readonly<Record<string, unknown>>;

/** Returns whether a value is a plain object; a proxy is none, since looking at it may do anything. */
export function isPlainObject(value: unknown): value is PlainObject {
  if (typeof value !== 'object' || value === null || types.isProxy(value)) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype === null) return true;
  return !types.isProxy(prototype) && Object.getPrototypeOf(prototype) === null;
}
