import { z } from 'zod';
import { NotebookFormatError } from '../base/errors.ts';
import { isJsonMime, type JsonObject, type MimeBundle, type Notebook } from './document.ts';

/** Objects are passed on as they are, not copied: `formatJson` finds in them how numbers were spelled. */
const jsonObject = z.custom<JsonObject>(
  (value) => typeof value === 'object' && value !== null && !Array.isArray(value),
  'expected an object',
);
const text = z
  .union([z.string(), z.array(z.string())], 'expected a string or a list of strings')
  .transform((lines) => (typeof lines === 'string' ? lines : lines.join('')));
const mimeBundle = jsonObject.transform(joinLines);
const executionCount = z.int().nonnegative().nullable();

const output = z.discriminatedUnion('output_type', [
  z.looseObject({ output_type: z.literal('stream'), name: z.string(), text }),
  z.looseObject({ output_type: z.literal('display_data'), data: mimeBundle, metadata: jsonObject }),
  z.looseObject({
    output_type: z.literal('execute_result'),
    execution_count: executionCount,
    data: mimeBundle,
    metadata: jsonObject,
  }),
  z.looseObject({
    output_type: z.literal('error'),
    ename: z.string(),
    evalue: z.string(),
    traceback: z.array(z.string()),
  }),
]);

const cellBase = { id: z.string().exactOptional(), metadata: jsonObject.transform(withoutTrust), source: text };
const attachments = z.record(z.string(), mimeBundle).exactOptional();

const cell = z.discriminatedUnion('cell_type', [
  z.looseObject({
    cell_type: z.literal('code'),
    ...cellBase,
    execution_count: executionCount,
    outputs: z.array(output),
  }),
  z.looseObject({ cell_type: z.literal('markdown'), ...cellBase, attachments }),
  z.looseObject({ cell_type: z.literal('raw'), ...cellBase, attachments }),
]);

const notebook = z.looseObject({
  nbformat: z.literal(4),
  nbformat_minor: z.int().nonnegative(),
  metadata: jsonObject.transform(withoutTransient),
  cells: z.array(cell),
});

/**
 * Returns a parsed JSON value as a notebook: lists of lines joined, what must not be stored taken out
 * (`trusted`, `signature`, `orig_nbformat`).
 *
 * @throws NotebookFormatError that names the first place which is not as nbformat 4 has it
 */
export function toNotebook(value: unknown, where: string): Notebook {
  requireVersion4(value, where);
  const result = notebook.safeParse(value);
  if (result.success) return result.data;
  const issue = result.error.issues[0]!;
  throw new NotebookFormatError(`${where}: ${placeOf(issue.path)}: ${lowerFirst(issue.message)}`);
}

function requireVersion4(value: unknown, where: string): void {
  const version = typeof value === 'object' && value !== null && 'nbformat' in value ? value.nbformat : undefined;
  if (version === 4) return;
  if (version === undefined) {
    throw new NotebookFormatError(`${where}: expected a notebook (a JSON object with "nbformat": 4), got other JSON`);
  }
  throw new NotebookFormatError(
    `${where}: expected nbformat 4, got nbformat ${JSON.stringify(version)}. ` +
      'Convert it: jupyter nbconvert --to notebook --nbformat 4 FILE',
  );
}

function placeOf(path: readonly PropertyKey[]): string {
  return path
    .map((key) => (typeof key === 'number' ? `[${key}]` : `.${String(key)}`))
    .join('')
    .replace(/^\./, '');
}

function lowerFirst(message: string): string {
  return message.charAt(0).toLowerCase() + message.slice(1);
}

function joinLines(bundle: MimeBundle): MimeBundle {
  const isLines = (mime: string, data: unknown): data is string[] =>
    !isJsonMime(mime) && Array.isArray(data) && data.every((line) => typeof line === 'string');
  if (!Object.entries(bundle).some(([mime, data]) => isLines(mime, data))) return bundle;
  return Object.fromEntries(
    Object.entries(bundle).map(([mime, data]) => [mime, isLines(mime, data) ? data.join('') : data]),
  );
}

function withoutTrust(metadata: JsonObject): JsonObject {
  return without(metadata, ['trusted']);
}

function withoutTransient(metadata: JsonObject): JsonObject {
  return without(metadata, ['orig_nbformat', 'orig_nbformat_minor', 'signature']);
}

function without(object: JsonObject, keys: readonly string[]): JsonObject {
  if (!keys.some((key) => key in object)) return object;
  return Object.fromEntries(Object.entries(object).filter(([key]) => !keys.includes(key)));
}
