import { inspect, types } from 'node:util';

/** How far into a value one looks; the names are those of `util.inspect`'s options. */
export interface Reach {
  readonly depth: number;
  readonly maxArrayLength: number;
  readonly maxStringLength: number;
}

/** What is found within reach. */
export interface Measure {
  /** How many items, properties and pieces of strings there are; counting ends soon after the limit. */
  readonly parts: number;
  /** Whether there is more beyond reach. */
  readonly isCut: boolean;
}

/** How many characters of a string count as one part. */
const PIECE_LENGTH = 50;

/**
 * Returns how much of a value `util.inspect` would show. Nothing of the value's own is called: getters, proxies, and values
 * that inspect themselves count as one part.
 */
export function measure(value: unknown, reach: Reach, maxParts: number): Measure {
  const seen = new Set<unknown>();
  let parts = 0;
  let isCut = false;

  const visit = (part: unknown, level: number): void => {
    parts++;
    if (typeof part === 'string') {
      parts += Math.min(part.length, reach.maxStringLength) / PIECE_LENGTH;
      isCut ||= part.length > reach.maxStringLength;
    }
    if (typeof part !== 'object' || part === null || seen.has(part) || isOpaque(part)) return;
    seen.add(part);
    const { size, maxSize, values } = contentOf(part, reach.maxArrayLength);
    isCut ||= size > maxSize || (size > 0 && level > reach.depth);
    if (size === 0 || level > reach.depth) return;
    let left = Math.min(size, maxSize);
    for (const one of values) {
      if (left-- === 0 || parts > maxParts) return;
      visit(one, level + 1);
    }
  };

  visit(value, 0);
  return { parts, isCut };
}

function isOpaque(part: object): boolean {
  for (let one: object | null = part; one !== null; one = Object.getPrototypeOf(one) as object | null) {
    if (types.isProxy(one) || Object.hasOwn(one, inspect.custom)) return true;
  }
  return false;
}

function contentOf(part: object, maxSize: number): { size: number; maxSize: number; values: Iterable<unknown> } {
  if (Array.isArray(part)) return { size: part.length, maxSize, values: part };
  if (types.isTypedArray(part)) return { size: part.length, maxSize, values: [] };
  if (types.isMap(part)) return { size: part.size, maxSize, values: Map.prototype.values.call(part) };
  if (types.isSet(part)) return { size: part.size, maxSize, values: Set.prototype.values.call(part) };
  const keys = Object.keys(part);
  return { size: keys.length, maxSize: Infinity, values: propertiesOf(part, keys) };
}

function* propertiesOf(part: object, keys: readonly string[]): Generator {
  for (const key of keys) yield Object.getOwnPropertyDescriptor(part, key)?.value as unknown;
}
