import { readFileSync, statSync } from 'node:fs';
import { pathArgument } from './path-argument.ts';
import { type LineMagic, UsageError } from './registry.ts';

/** What a cell can hold without making front ends slow, in bytes. */
const MAX_SIZE_BYTES = 1_000_000;

/** `%load`: replaces the cell by a file's text. */
export const load: LineMagic = {
  summary: 'puts a file, or some of its lines, into the cell',
  usage: '[-r 5-10] file',
  run(args, { payloads }) {
    const { range, name } = /^(?:-r\s*(?<range>\d*-?\d*)\s+)?(?<name>.*)$/s.exec(args)!.groups!;
    if (name === '') throw new UsageError('%load: expected a file: %load [-r 5-10] file');
    const text = linesOf(readText(pathArgument(name!)), range);
    // As IPython does it: what was loaded stays to be seen, and running the cell again does not load it again.
    payloads.push({ source: 'set_next_input', text: `// %load ${args}\n${text}`, replace: true });
  },
};

function readText(path: string): string {
  const stats = statSync(path, { throwIfNoEntry: false });
  if (stats?.isFile() !== true) throw new UsageError(`%load: ${JSON.stringify(path)} is not a file`);
  if (stats.size > MAX_SIZE_BYTES)
    throw new UsageError(
      `%load: ${JSON.stringify(path)} has ${stats.size} bytes; a cell takes at most ${MAX_SIZE_BYTES}`,
    );
  const text = readFileSync(path, 'utf8');
  if (text.includes('\0')) throw new UsageError(`%load: ${JSON.stringify(path)} is not a text file`);
  return text;
}

/** Returns lines 5 to 10 for `5-10`, from 5 on for `5-`, up to 10 for `-10`, the fifth for `5`. */
function linesOf(text: string, range: string | undefined): string {
  if (range === undefined) return text;
  const [first = '', last = first] = range.split('-');
  const lines = text.split(/\r?\n/);
  const picked = lines.slice(Math.max(0, Number(first) - 1), last === '' ? undefined : Number(last));
  if (picked.length === 0) throw new UsageError(`%load: lines ${range} are not in the file, which has ${lines.length}`);
  return picked.join('\n');
}
