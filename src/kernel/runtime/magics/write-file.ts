import { appendFileSync, chmodSync, existsSync, realpathSync, statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { writeFileAtomic } from '../../../base/write-atomic.ts';
import { pathArgument } from './path-argument.ts';
import { type CellMagic, UsageError } from './registry.ts';

/** `%%writefile`: writes the cell to a file. */
export const writefile: CellMagic = {
  summary: 'writes the cell to a file; -a appends',
  usage: '[-a] name',
  run(args, body, { output }) {
    const [, append, rest] = /^(-a(?:\s+|$))?(.*)$/s.exec(args)!;
    const name = pathArgument(rest!);
    if (name === '') throw new UsageError('%%writefile: expected a file name: %%writefile [-a] name');
    const isThere = existsSync(name);
    // A link stays one: the file that it leads to is written.
    const path = isThere ? realpathSync(name) : resolve(name);
    if (!existsSync(dirname(path)))
      throw new UsageError(`%%writefile: the folder ${JSON.stringify(dirname(name))} is not there; make it first`);
    const text = body.endsWith('\n') || body === '' ? body : `${body}\n`;
    if (append === undefined) overwrite(path, text);
    else appendFileSync(path, text);
    output.write(
      'stdout',
      `${append === undefined ? (isThere ? 'Overwriting' : 'Writing') : 'Appending to'} ${name}\n`,
    );
  },
};

/** A script stays executable. */
function overwrite(path: string, text: string): void {
  const mode = statSync(path, { throwIfNoEntry: false })?.mode;
  writeFileAtomic(path, text);
  if (mode !== undefined) chmodSync(path, mode);
}
