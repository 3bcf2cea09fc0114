import { inspect } from 'node:util';
import { measure, type Reach } from './measure.ts';
import { isPlainObject } from './plain-object.ts';

/** How much of a value is shown. */
export interface Extent {
  /** Shows everything, however much that is (default false). */
  readonly all?: boolean;
}

/** How a value is shown that was cut. */
export const SHOW_ALL = 'display(value, { all: true })';

const MAX_STRING_LENGTH = 10_000;
/** How far a value is shown, the farthest first: the first that reaches few enough parts is taken. */
const REACHES: readonly Reach[] = [
  { depth: 4, maxArrayLength: 100, maxStringLength: MAX_STRING_LENGTH },
  { depth: 4, maxArrayLength: 20, maxStringLength: 1000 },
  { depth: 2, maxArrayLength: 20, maxStringLength: 1000 },
  { depth: 1, maxArrayLength: 20, maxStringLength: 1000 },
  { depth: 0, maxArrayLength: 20, maxStringLength: 1000 },
];
const NO_LIMITS: Reach = { depth: Infinity, maxArrayLength: Infinity, maxStringLength: Infinity };
/** How many items and properties are shown in all: Node takes a few milliseconds for them. */
const MAX_PARTS = 5_000;
/** How many properties of one plain object are shown. */
const MAX_PROPERTIES = 200;
/** What is left of values that inspect themselves at length. */
const MAX_TEXT_LENGTH = 200_000;

const KERNEL_FOLDER = new URL('../..', import.meta.url).pathname.replaceAll(/[\\^$.*+?()[\]{}|]/g, '\\$&');
/** A line of an error's stack that is Node's or the kernel's own; what follows the stack on that line stays. */
const INNER_FRAME = new RegExp(`\\n[ \\t]+at (?:.*\\()?(?:node:|(?:file://)?${KERNEL_FOLDER}).*?(?= \\{$|$)`, 'gm');

/**
 * Returns a value as `util.inspect` shows it, without colours: clients store and compare it. Of a large value the
 * beginnings are shown, and how to see the rest; what that takes does not depend on the value's size. Never throws.
 */
export function plainText(value: unknown, { all = false }: Extent = {}): string {
  if (all) return inspected(value, NO_LIMITS);
  const isCutString = typeof value === 'string' && value.length > MAX_STRING_LENGTH;
  if (isCutString) return `${inspected(value, REACHES[0]!)}\n${SHOW_ALL} shows all`;
  if (typeof value !== 'object' || value === null) return inspected(value, REACHES[0]!);

  const { head, left } = headOf(value);
  const { reach, isCut } = reachOf(head);
  const text = inspected(head, reach);
  const notes = [
    ...(left > 0 ? [`… ${left} more properties`] : []),
    ...(text.length > MAX_TEXT_LENGTH ? [`… ${text.length - MAX_TEXT_LENGTH} more characters`] : []),
  ];
  if (isCut || notes.length > 0) notes.push(`${SHOW_ALL} shows all`);
  return [text.slice(0, MAX_TEXT_LENGTH), ...notes].join('\n');
}

/** Returns how far a value is shown, and whether there is more of it. */
function reachOf(value: object): { reach: Reach; isCut: boolean } {
  for (const reach of REACHES) {
    const { parts, isCut } = measure(value, reach, MAX_PARTS);
    if (parts <= MAX_PARTS) return { reach, isCut };
  }
  return { reach: REACHES.at(-1)!, isCut: true };
}

/** Returns `util.inspect`'s text; where the value does not let itself be inspected, what can be said all the same. */
function inspected(value: unknown, reach: Reach): string {
  try {
    return inspect(value, { ...reach, colors: false }).replaceAll(INNER_FRAME, '');
  } catch {
    return inspectedFromOutside(value, reach);
  }
}

function inspectedFromOutside(value: unknown, reach: Reach): string {
  try {
    return inspect(value, { ...reach, colors: false, customInspect: false });
  } catch (error) {
    return `[${typeof value} that cannot be shown: ${error instanceof Error ? error.message : typeof error}]`;
  }
}

/** Returns a plain object with so many of its properties as can be shown (Node would show all), and how many are left. */
function headOf(value: object): { head: object; left: number } {
  const keys = isPlainObject(value) ? Object.keys(value) : [];
  if (keys.length <= MAX_PROPERTIES) return { head: value, left: 0 };
  const head = Object.create(Object.getPrototypeOf(value) as object | null) as object;
  for (const key of keys.slice(0, MAX_PROPERTIES)) {
    Object.defineProperty(head, key, Object.getOwnPropertyDescriptor(value, key)!);
  }
  return { head, left: keys.length - MAX_PROPERTIES };
}
