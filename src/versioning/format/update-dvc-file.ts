import type { Document, Pair, Scalar, YAMLMap } from 'yaml';
import { DataFormatError } from '../../base/errors.ts';
import { type DvcFile, type Out, parseDvcFile } from './dvc-file.ts';
import { loadYaml } from './read-yaml.ts';
import { formatYamlMapping, type YamlValue } from './yaml-block.ts';

/** What describes an output's content; all else is its owner's. */
const contentKeys = new Set('md5 etag checksum size nfiles isexec version_id cloud hash files'.split(' '));

interface Edit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/**
 * Returns a `.dvc` file's text with new content for its outputs, as DVC rewrites it: what people wrote there (comments,
 * order, `desc`, `meta`, …) stays as it is.
 *
 * @param outs all outputs the file shall have; what they do not say about an output of the same path is kept
 * @throws DataFormatError when the text is no `.dvc` file
 */
export function updateDvcFile(text: string, where: string, outs: readonly Out[]): string {
  const file = parseDvcFile(text, where);
  const updated: DvcFile = { ...file, outs: outs.map((out) => withContent(file, out)) };
  if (toText(file) === text) return toText(updated);
  const document = loadYaml().parseDocument(text);
  const edits = editsOf(text, document, file, updated);
  const result = edits === undefined ? rewritten(document, updated) : applyEdits(text, edits);
  // The file is what holds the data together: better refused than written wrong.
  if (JSON.stringify(parseDvcFile(result, where).outs) === JSON.stringify(updated.outs)) return result;
  throw new DataFormatError(`${where}: expected YAML in DVC's layout, and cannot change this one; write it anew`);
}

/** Returns a file with its keys in the order they have here, as the text of a plain one has them. */
function toText(file: DvcFile): string {
  return formatYamlMapping(file as Record<string, YamlValue>);
}

/** Returns a text that is not made of blocks with new outputs; comments among the old ones are lost. */
function rewritten(document: Document, { outs }: DvcFile): string {
  document.set('outs', document.createNode(outs));
  return document.toString({ indentSeq: false, lineWidth: 80, singleQuote: true });
}

/** Returns an output with the content that `out` says, and the rest as the file has it; keys that are new come last. */
function withContent(file: DvcFile, out: Out): Out {
  const before = file.outs.find(({ path }) => path === out.path);
  if (before === undefined) return out;
  const kept = Object.entries(before).filter(([key]) => out[key] !== undefined || !contentKeys.has(key));
  return { ...(Object.fromEntries(kept) as unknown as Out), ...out };
}

/** Returns the places to change in a text made of plain blocks, or nothing when it is another one. */
function editsOf(text: string, document: Document, before: DvcFile, after: DvcFile): Edit[] | undefined {
  const { isMap, isSeq } = loadYaml();
  const list = document.get('outs', true);
  const isSame =
    before.outs.length === after.outs.length && before.outs.every(({ path }, i) => path === after.outs[i]?.path);
  if (!isSeq(list) || list.flow === true || !isSame) return undefined;
  const edits: Edit[] = [];
  for (const [index, out] of after.outs.entries()) {
    const map = list.items[index];
    if (!isMap(map) || map.flow === true) return undefined;
    const found = editsOfOut(text, map, before.outs[index]!, out);
    if (found === undefined) return undefined;
    edits.push(...found);
  }
  return edits;
}

function editsOfOut(text: string, map: YAMLMap, before: Out, after: Out): Edit[] | undefined {
  const { isScalar } = loadYaml();
  const pairs = map.items as Pair<Scalar>[];
  const edits: Edit[] = [];
  for (const [index, { key, value }] of pairs.entries()) {
    const name = String(key.value);
    if (JSON.stringify(before[name]) === JSON.stringify(after[name])) continue;
    if (!isScalar(value) || !value.range || !key.range) return undefined;
    const [start, end] = value.range;
    const newValue = after[name];
    if (newValue === undefined && index === 0) return undefined;
    if (newValue === undefined) edits.push({ start: lineStart(text, key.range[0]), end: lineEnd(text, end), text: '' });
    else edits.push({ start, end, text: entryText(name, newValue).slice(name.length + 2, -1) });
  }
  const { key, value } = pairs.at(-1)!;
  if (!key.range || !isScalar(value) || !value.range) return undefined;
  const indent = ' '.repeat(key.range[0] - lineStart(text, key.range[0]));
  const added = Object.entries(after).filter(([name, held]) => before[name] === undefined && held !== undefined);
  // A first key stands behind its dash, which the indentation of the others stands for.
  const lines = added.map(([name, held]) => `${indent}${entryText(name, held!)}`).join('');
  const at = lineEnd(text, value.range[1]);
  const isOpen = at > 0 && text[at - 1] !== '\n';
  return lines === '' ? edits : [...edits, { start: at, end: at, text: isOpen ? `\n${lines}` : lines }];
}

function entryText(key: string, value: YamlValue): string {
  return formatYamlMapping({ [key]: value });
}

function applyEdits(text: string, edits: readonly Edit[]): string {
  let result = text;
  for (const edit of edits.toSorted((a, b) => b.start - a.start)) {
    result = result.slice(0, edit.start) + edit.text + result.slice(edit.end);
  }
  return result;
}

function lineStart(text: string, at: number): number {
  return text.lastIndexOf('\n', at - 1) + 1;
}

/** Returns where the line after the one at `at` begins. */
function lineEnd(text: string, at: number): number {
  const end = text.indexOf('\n', at);
  return end < 0 ? text.length : end + 1;
}
