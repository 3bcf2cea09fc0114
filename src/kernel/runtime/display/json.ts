import type { MimeBundle } from '../../thread-messages.ts';
import { Fragment } from './fragment.ts';
import { plainText } from './plain-text.ts';

/** How `json` shows a value. */
export interface JsonOptions {
  /** Whether the tree is open at first (default false). */
  readonly expanded?: boolean;
}

const JSON_TYPE = 'application/json';

/**
 * Returns data to show as a tree that opens and closes. What JSON does not know is shown as what comes nearest: a Map as an
 * object, a Set as an array, a bigint as text.
 *
 * @throws TypeError when the data contain themselves
 */
export function json(value: unknown, { expanded = false }: JsonOptions = {}): Fragment {
  const data: MimeBundle = {
    [JSON_TYPE]: JSON.parse(JSON.stringify(value, nearest) ?? 'null'),
    'text/plain': plainText(value),
  };
  return new Fragment(data, { [JSON_TYPE]: { expanded } });
}

function nearest(_key: string, value: unknown): unknown {
  if (value instanceof Map) return Object.fromEntries(value);
  if (value instanceof Set) return [...value];
  return typeof value === 'bigint' ? String(value) : value;
}
