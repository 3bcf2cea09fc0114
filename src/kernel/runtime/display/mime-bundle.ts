import { stripVTControlCharacters, types } from 'node:util';
import type { MimeBundle } from '../../thread-messages.ts';
import { chartBundle } from './charts.ts';
import { foreignBundle } from './foreign-objects.ts';
import { DISPLAY } from './fragment.ts';
import { htmlTable } from './html-table.ts';
import { bytesBundle, toBase64 } from './media.ts';
import { isPlainObject } from './plain-object.ts';
import { type Extent, plainText } from './plain-text.ts';

/**
 * Returns how a value is shown: by its own `[Symbol.for('Jupyter.display')]()` if it has one, else as the table, image,
 * sound or chart that it is, and always as text, too. A promise only for a Blob, and where the value's own method gives one.
 *
 * @throws whatever the value's own method throws
 */
export function mimeBundle(value: unknown, extent: Extent = {}): MimeBundle | Promise<MimeBundle> {
  if (!isObject(value)) return { 'text/plain': plainText(value, extent) };
  const method = displayMethod(value);
  const bundle: unknown = method === undefined ? richBundle(value, extent) : Reflect.apply(method, value, []);
  const withText = (found: unknown): MimeBundle => {
    const data = sendable(found);
    return 'text/plain' in data ? data : { ...data, 'text/plain': plainText(value, extent) };
  };
  return bundle instanceof Promise ? bundle.then(withText) : withText(bundle);
}

/**
 * Returns a bundle as it can be sent: bytes as base64, objects as `JSON.stringify` sees them, text without colours. What is
 * no object gives an empty bundle.
 *
 * @throws TypeError for an object that JSON cannot hold
 */
export function sendable(bundle: unknown): MimeBundle {
  if (!isObject(bundle)) return {};
  const result: MimeBundle = {};
  for (const [type, data] of Object.entries(bundle)) {
    const value = sendableData(data);
    if (value !== undefined) result[type] = value;
  }
  const text = result['text/plain'];
  if (typeof text === 'string' && text.includes('\u001B')) result['text/plain'] = stripVTControlCharacters(text);
  return result;
}

function sendableData(data: unknown): unknown {
  if (!isObject(data)) return data;
  if (types.isUint8Array(data)) return toBase64(data);
  const json = JSON.stringify(data) as string | undefined;
  return json === undefined ? undefined : JSON.parse(json);
}

/** A proxy may throw whatever it is asked; it then has no method. */
function displayMethod(value: object): (() => unknown) | undefined {
  try {
    const method: unknown = Reflect.get(value, DISPLAY);
    return typeof method === 'function' ? (method as () => unknown) : undefined;
  } catch {
    return undefined;
  }
}

/** What a value turns out to be. Looking at one that resists (a getter throws) finds nothing: there is still its text. */
function richBundle(value: object, extent: Extent): MimeBundle | Promise<MimeBundle | undefined> | undefined {
  if (typeof value === 'function' || types.isProxy(value)) return undefined;
  try {
    const table = htmlTable(value, extent);
    if (table !== undefined) return { 'text/html': table };
    if (isBlob(value)) return value.arrayBuffer().then(bytesBundle);
    return bytesBundle(value) ?? (isPlainObject(value) ? chartBundle(value) : undefined) ?? foreignBundle(value);
  } catch {
    return undefined;
  }
}

/** (Node loads its `Blob` when it is first named.) */
function isBlob(value: object): value is Blob {
  return Object.prototype.toString.call(value) === '[object Blob]';
}

function isObject(value: unknown): value is object {
  return (typeof value === 'object' && value !== null) || typeof value === 'function';
}
