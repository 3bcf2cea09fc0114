import { types } from 'node:util';
import { isIdentifierName } from '../compile/identifier.ts';
import type { Completion, Introspect, MimeBundle } from '../thread-messages.ts';
import { plainText } from './display/plain-text.ts';
import type { Names } from './names.ts';

const KEYWORDS =
  'abstract as async await break case catch class const continue debugger declare default delete do else enum export extends false finally for from function if implements import in infer instanceof interface keyof let namespace new null of private protected public readonly return satisfies static super switch this throw true try type typeof undefined using var void while yield'.split(
    ' ',
  );

/** How many lines of a function are shown unasked. */
const SHORT_LINES = 10;
/** How much of a source is shown at all, in UTF-16 units. */
const MAX_SOURCE_LENGTH = 100_000;

/**
 * Completes the name before the cursor from the values that are there: properties behind a dot, else names and keywords.
 * Only data is read; getters are not called, nothing is evaluated.
 */
export async function complete({ code, cursor }: Introspect, names: Names): Promise<Completion> {
  const magic = /(?:^|\n)[ \t]*(%{1,2}\w*)$/.exec(code.slice(0, cursor))?.[1];
  if (magic !== undefined) return completeMagic(magic, cursor);
  const { path, prefix } = chainBefore(code, cursor);
  const start = cursor - prefix.length;
  const found = path === undefined ? undefined : resolve(path, names);
  const candidates = path === undefined ? [...globalNames(names), ...KEYWORDS] : propertyNames(found);
  const matches = [...new Set(candidates)]
    .filter((name) => name.startsWith(prefix) && isIdentifierName(name))
    .toSorted();
  const declared = new Set(names.list());
  const typeOf = (name: string): string => {
    if (path !== undefined) return typeOfProperty(found?.value, name);
    if (declared.has(name)) return typeOfValue(names.get(name));
    return name in globalThis ? typeOfProperty(globalThis, name) : 'keyword';
  };
  return { matches, types: matches.map(typeOf), start, end: cursor };
}

async function completeMagic(typed: string, cursor: number): Promise<Completion> {
  const { magicNames } = await import('./magics/run-magic.ts');
  const matches = magicNames()
    .filter((name) => name.startsWith(typed))
    .toSorted();
  return { matches, types: matches.map(() => 'magic'), start: cursor - typed.length, end: cursor };
}

/** What has a getter is not asked for its value. */
function typeOfProperty(object: unknown, name: string): string {
  const descriptor = descriptorOf(object, name);
  return descriptor !== undefined && 'value' in descriptor ? typeOfValue(descriptor.value) : 'property';
}

/** Returns what a value is, in the words in which IPython tells front ends. */
function typeOfValue(value: unknown): string {
  if (types.isModuleNamespaceObject(value)) return 'module';
  if (typeof value !== 'function') return 'instance';
  // Classes, those of the language among them, cannot be given another prototype.
  return Object.getOwnPropertyDescriptor(value, 'prototype')?.writable === false ? 'class' : 'function';
}

/** Describes the name at the cursor: its value, and the source of a function; `undefined` when it has none. */
export function inspectAt({ code, cursor, detail = 0 }: Introspect, names: Names): MimeBundle | undefined {
  const after = /^[\w$]*/u.exec(code.slice(cursor))![0];
  const { path, prefix } = chainBefore(code, cursor + after.length);
  return prefix === '' ? undefined : describeName([...(path ?? []), prefix], names, detail);
}

/** Describes what a name or a chain of properties stands for; `detail` 1: with the whole source of a function. */
export function describeName(path: readonly string[], names: Names, detail: 0 | 1 = 0): MimeBundle | undefined {
  const found = resolve(path, names);
  if (found === undefined) return undefined;
  const { value } = found;
  const kind = value === null ? 'null' : typeof value;
  const text = typeof value === 'function' ? sourceOf(value, detail) : plainText(value);
  return { 'text/plain': `${path.join('.')}: ${kind}\n${text}` };
}

/** Returns a function's source without the marks that the compiler left in it; of a long one the beginning, unless all is asked for. */
function sourceOf(value: object, detail: 0 | 1): string {
  const source = Function.prototype.toString
    .call(value)
    .replaceAll(/\$cell\.(?:own|fixed)\.|\$cell\b/g, '')
    // Blanks stand where types were.
    .replaceAll(/(?<=\S) {2,}(?=[,;()])/g, '')
    .replaceAll(/(?<=\S) {2,}(?=[={])/g, ' ');
  const lines = source.split('\n');
  if (detail === 1 || lines.length <= SHORT_LINES) return source.slice(0, MAX_SOURCE_LENGTH);
  return `${lines.slice(0, SHORT_LINES).join('\n')}\n… ${lines.length - SHORT_LINES} more lines`;
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
  for (const object of prototypesOf(value)) {
    const descriptor = Object.getOwnPropertyDescriptor(object, name);
    if (descriptor !== undefined) return descriptor;
  }
  return undefined;
}

function propertyNames(found: { value: unknown } | undefined): string[] {
  return [...prototypesOf(found?.value)].flatMap((object) => Object.getOwnPropertyNames(object));
}

function globalNames(names: Names): string[] {
  return [...Object.getOwnPropertyNames(globalThis), ...names.list()];
}

/** Gives an object and its prototypes, up to a proxy, which would run code to tell what it has. */
function* prototypesOf(value: unknown): Generator<object> {
  let object = value === null || value === undefined ? null : (Object(value) as object);
  for (; object !== null && !types.isProxy(object); object = Object.getPrototypeOf(object) as object | null)
    yield object;
}
