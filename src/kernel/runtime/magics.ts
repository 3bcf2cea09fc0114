import { appendFileSync, existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { resolve } from 'node:path';
import { writeFileAtomic } from '../../base/write-atomic.ts';
import type { ChildProcesses } from './child-processes.ts';
import type { Output } from './output.ts';

/** What a magic may use. */
export interface MagicContext {
  readonly output: Output;
  readonly children: ChildProcesses;
  /** The number of the cell that the magic stands in. */
  readonly cell: number;
}

/** A mistake in the use of a magic. */
export class UsageError extends Error {
  override readonly name: string = 'UsageError';
}

interface LineMagic {
  readonly summary: string;
  readonly run: (args: string, context: MagicContext) => unknown;
}

interface CellMagic {
  readonly summary: string;
  readonly run: (args: string, body: string, context: MagicContext) => Promise<void> | void;
}

/** `%name arguments`. `%time` is known to the compiler, since what follows it is TypeScript. */
const LINE_MAGICS: ReadonlyMap<string, LineMagic> = new Map([
  ['cd', { summary: 'changes the folder that files and commands are relative to', run: changeFolder }],
  [
    'env',
    { summary: 'lists, reads or sets environment variables: %env, %env NAME, %env NAME=value', run: environment },
  ],
  ['lsmagic', { summary: 'lists the magics', run: listMagics }],
  ['pwd', { summary: 'returns the current folder', run: () => process.cwd() }],
  ['time', { summary: 'runs a statement and prints how long it took', run: timeNeedsCode }],
]);

/** `%%name arguments` on the first line; the rest of the cell is the body. */
const CELL_MAGICS: ReadonlyMap<string, CellMagic> = new Map([
  ['bash', { summary: 'runs the cell with bash; a failing script fails the cell', run: bash }],
  ['time', { summary: 'runs the cell and prints how long it took', run: timeNeedsCode }],
  ['writefile', { summary: 'writes the cell to a file: %%writefile [-a] name', run: writeFile }],
]);

/** Runs a line magic and returns its value. */
export function runLineMagic(name: string, args: string, context: MagicContext): unknown {
  const magic = LINE_MAGICS.get(name);
  if (magic === undefined)
    throw new UsageError(
      unknownMagic(
        `%${name}`,
        [...LINE_MAGICS.keys()].map((one) => `%${one}`),
      ),
    );
  return magic.run(args, context);
}

/** Runs a cell magic. */
export async function runCellMagic(name: string, args: string, body: string, context: MagicContext): Promise<void> {
  const magic = CELL_MAGICS.get(name);
  if (magic === undefined)
    throw new UsageError(
      unknownMagic(
        `%%${name}`,
        [...CELL_MAGICS.keys()].map((one) => `%%${one}`),
      ),
    );
  await magic.run(args, body, context);
}

function unknownMagic(name: string, known: readonly string[]): string {
  return `there is no magic ${name}; the magics are ${known.join(', ')}`;
}

function changeFolder(args: string, { output }: MagicContext): void {
  const target = args === '' ? homedir() : args.replace(/^~(?=$|[\\/])/, homedir()).replace(/^(['"])(.*)\1$/, '$2');
  try {
    process.chdir(target);
  } catch {
    throw new UsageError(`%cd: ${JSON.stringify(target)} is not a folder`);
  }
  output.write('stdout', `${process.cwd()}\n`);
}

function environment(args: string, { output }: MagicContext): unknown {
  if (args === '') return { ...process.env };
  const [, name, value] = /^([^\s=]+)(?:\s*=\s*|\s+)?(.*)$/s.exec(args)!;
  if (value !== '') {
    process.env[name!] = value;
    output.write('stdout', `env: ${name}=${value}\n`);
    return undefined;
  }
  if (process.env[name!] === undefined)
    throw new UsageError(`%env: there is no environment variable ${JSON.stringify(name)}`);
  return process.env[name!];
}

function listMagics(_args: string, { output }: MagicContext): void {
  const rows = [
    ...[...LINE_MAGICS].map(([name, { summary }]) => [`%${name}`, summary]),
    ...[...CELL_MAGICS].map(([name, { summary }]) => [`%%${name}`, summary]),
    ['!command', 'runs a shell command; {expression} is replaced by its value'],
  ];
  output.write('stdout', `${rows.map(([name, summary]) => `${name!.padEnd(14)}${summary}`).join('\n')}\n`);
}

async function bash(args: string, body: string, { children, cell }: MagicContext): Promise<void> {
  const options = args === '' ? [] : args.split(/\s+/);
  const exitCode = await children.run('bash', [...options, '-c', body], cell);
  if (exitCode !== 0) throw new UsageError(`%%bash: the script ended with exit code ${exitCode}`);
}

function writeFile(args: string, body: string, { output }: MagicContext): void {
  const [, append, quoted] = /^(-a\s+)?(.*)$/s.exec(args)!;
  const name = quoted!.replace(/^(['"])(.*)\1$/, '$2');
  if (name === '') throw new UsageError('%%writefile: expected a file name: %%writefile [-a] name');
  const path = resolve(name);
  const text = body.endsWith('\n') || body === '' ? body : `${body}\n`;
  const verb = append === undefined ? (existsSync(path) ? 'Overwriting' : 'Writing') : 'Appending to';
  if (append === undefined) writeFileAtomic(path, text);
  else appendFileSync(path, text);
  output.write('stdout', `${verb} ${name}\n`);
}

function timeNeedsCode(): never {
  throw new UsageError('%time: expected a statement behind it, or %%time as the first line of a cell');
}
