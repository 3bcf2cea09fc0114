import { isIdentifierName } from '../compile/identifier.ts';
import type { Completion, Introspect, MimeBundle } from '../thread-messages.ts';
import { plainText } from './mime-bundle.ts';
import type { Names } from './names.ts';

const KEYWORDS =
  'abstract as async await break case catch class const continue debugger declare default delete do else enum export extends false finally for from function if implements import in infer instanceof interface keyof let namespace new null of private protected public readonly return satisfies static super switch this throw true try type typeof undefined using var void while yield'.split(
    ' ',
  );

/**
 * Completes the name before the cursor from the values that are there: properties behind a dot, else names and keywords.
 * Only data is read; getters are not called, nothing is evaluated.
 */
export function complete({ code, cursor }: Introspect, names: Names): Completion {
  const { path, prefix } = chainBefore(code, cursor);
  const start = cursor - prefix.length;
  const candidates = path === undefined ? [...globalNames(names), ...KEYWORDS] : propertyNames(resolve(path, names));
  const matches = [...new Set(candidates)]
    .filter((name) => name.startsWith(prefix) && isIdentifierName(name))
    .toSorted();
  return { matches, start, end: cursor };
}

/** Describes the name at the cursor: its value, and the source of a function; `undefined` when it has none. */
export function inspectAt({ code, cursor }: Introspect, names: Names): MimeBundle | undefined {
  const after = /^[\w$]*/u.exec(code.slice(cursor))![0];
  const { path, prefix } = chainBefore(code, cursor + after.length);
  return prefix === '' ? undefined : describeName([...(path ?? []), prefix], names);
}

/** Describes what a name or a chain of properties stands for. */
export function describeName(path: readonly string[], names: Names): MimeBundle | undefined {
  const found = resolve(path, names);
  if (found === undefined) return undefined;
  const { value } = found;
  const kind = value === null ? 'null' : typeof value;
  const text = typeof value === 'function' ? sourceOf(value) : plainText(value);
  return { 'text/plain': `${path.join('.')}: ${kind}\n${text}` };
}

/** Returns a function's source, long ones cut, without the marks that the compiler left in it. */
function sourceOf(value: object): string {
  const source = Function.prototype.toString.call(value).slice(0, 2000);
  return source.replaceAll(/\$cell\.(?:own|fixed)\.|\$cell\b/g, '');
}

/** Returns the names before the cursor: `a.b.c` → path `a`, `b` and prefix `c`; a literal stands for its type's name. */
function chainBefore(code: string, cursor: number): { path: string[] | undefined; prefix: string } {
  const before = code.slice(0, cursor);
  const prefix = /[\p{ID_Continue}$]*$/u.exec(before)![0];
  const head = before.slice(0, before.length - prefix.length);
  const chain = /(?:[\p{ID_Start}$_][\p{ID_Continue}$]*\s*\??\.\s*)+$/u.exec(head);
  if (chain !== null)
    return {
      path: chain[0]
        .split('.')
        .map((name) => name.replace('?', '').trim())
        .slice(0, -1),
      prefix,
    };
  if (/["'`]\s*\.\s*$/.test(head)) return { path: ['String', 'prototype'], prefix };
  if (/\]\s*\.\s*$/.test(head)) return { path: ['Array', 'prototype'], prefix };
  return { path: /\.\s*$/.test(head) ? [] : undefined, prefix };
}

/** Follows names over data properties only. */
function resolve(path: readonly string[], names: Names): { value: unknown } | undefined {
  const [first, ...rest] = path;
  if (first === undefined || !names.has(first)) return undefined;
  let value = names.get(first);
  for (const name of rest) {
    const descriptor = descriptorOf(value, name);
    if (descriptor === undefined || !('value' in descriptor)) return undefined;
    value = descriptor.value as unknown;
  }
  return { value };
}

function descriptorOf(value: unknown, name: string): PropertyDescriptor | undefined {
  for (let object = objectOf(value); object !== null; object = Object.getPrototypeOf(object) as object | null) {
    const descriptor = Object.getOwnPropertyDescriptor(object, name);
    if (descriptor !== undefined) return descriptor;
  }
  return undefined;
}

function propertyNames(found: { value: unknown } | undefined): string[] {
  const result: string[] = [];
  for (let object = objectOf(found?.value); object !== null; object = Object.getPrototypeOf(object) as object | null) {
    result.push(...Object.getOwnPropertyNames(object));
  }
  return result;
}

function globalNames(names: Names): string[] {
  return [...Object.getOwnPropertyNames(globalThis), ...Object.keys(names.own)];
}

function objectOf(value: unknown): object | null {
  return value === null || value === undefined ? null : (Object(value) as object);
}
