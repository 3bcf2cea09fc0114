import { readdirSync } from 'node:fs';
import { homedir } from 'node:os';
import { pathArgument } from './path-argument.ts';
import { type LineMagic, UsageError } from './registry.ts';

/** How wide a list of files may be, in characters. */
const LIST_WIDTH = 80;

/** `%cd`: changes the folder that files and commands are relative to. Imports stay relative to the notebook. */
export const cd: LineMagic = {
  summary: 'changes the folder that files and commands are relative to; - is the one before, nothing the home folder',
  usage: '[folder | -]',
  run(args, { output }) {
    const before = process.cwd();
    const target = args === '' ? homedir() : args === '-' ? folderBefore() : pathArgument(args);
    try {
      process.chdir(target);
    } catch {
      throw new UsageError(`%cd: ${JSON.stringify(target)} is not a folder`);
    }
    // As shells do it; commands see it, too.
    process.env['OLDPWD'] = before;
    output.write('stdout', `${process.cwd()}\n`);
  },
};

/** `%pwd`: returns the current folder. */
export const pwd: LineMagic = { summary: 'returns the current folder', run: () => process.cwd() };

/** `%ls`: lists files. */
export const ls: LineMagic = {
  summary: 'lists the files of the current folder; with arguments as the system lists them',
  usage: '[arguments]',
  async run(args, { output, children, cell }) {
    if (args !== '')
      return void (await children.runLine(`${process.platform === 'win32' ? 'dir' : 'ls'} ${args}`, { cell }));
    const entries = readdirSync('.', { withFileTypes: true }).filter(({ name }) => !name.startsWith('.'));
    const names = entries.map((entry) => (entry.isDirectory() ? `${entry.name}/` : entry.name)).toSorted();
    output.write('stdout', inColumns(names));
  },
};

function folderBefore(): string {
  const folder = process.env['OLDPWD'];
  if (folder === undefined) throw new UsageError('%cd -: there is no folder before this one');
  return folder;
}

function inColumns(names: readonly string[]): string {
  const width = Math.max(0, ...names.map(({ length }) => length)) + 2;
  const perLine = Math.max(1, Math.floor(LIST_WIDTH / width));
  const lines = names.map((name, index) => name.padEnd(width) + ((index + 1) % perLine === 0 ? '\n' : ''));
  return lines
    .join('')
    .replaceAll(/ +(?=\n|$)/g, '')
    .replace(/(?<=[^\n])$/, '\n');
}
