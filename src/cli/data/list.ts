import { resolve } from 'node:path';
import type { Command } from 'commander';
import { InvalidArgumentError } from '../../base/errors.ts';
import type { ListEntry } from '../../versioning/repository/list.ts';
import { formatBytes } from './format-bytes.ts';
import { type CommonFlags, commandDirectory } from './session.ts';
import { jsonLine } from './json-line.ts';

/** Flags of `labmill data list`. */
export interface ListFlags extends CommonFlags {
  readonly recursive?: true;
  readonly dvcOnly?: true;
  readonly json?: true;
  readonly rev?: string;
  readonly size?: true;
  readonly showHash?: true;
}

/** Runs `labmill data list`. */
export async function list(url: string, path: string | undefined, flags: ListFlags, command: Command): Promise<void> {
  const { writeOut } = command.configureOutput() as Record<'writeOut', (text: string) => void>;
  if (/^\w+:\/\/|^[\w.-]+@[\w.-]+:/.test(url)) {
    throw new InvalidArgumentError(
      `list: expected a folder on this machine, got ${JSON.stringify(url)}; clone it first`,
    );
  }
  const { DataRepository } = await import('../../versioning/repository/repository.ts');
  const repository = DataRepository.open(resolve(commandDirectory(command), url));
  const { recursive, dvcOnly, rev, json, size, showHash, quiet } = flags;
  const entries = await repository.list(path, { recursive, dvcOnly, rev });
  if (quiet === true) return;
  writeOut(json === true ? jsonLine(entries) : entriesText(entries, size === true, showHash === true));
}

/** Returns a line for each entry: its size and hash where they are asked for, and its path. */
export function entriesText(entries: readonly ListEntry[], hasSize: boolean, hasHash: boolean): string {
  const sizes = entries.map(({ size, isdir }) => (size === null || (isdir && size === 0) ? '' : formatBytes(size)));
  const [sizeWidth, hashWidth] = [sizes, entries.map(({ md5 }) => md5 ?? '')].map((cells) =>
    Math.max(0, ...cells.map(({ length }) => length)),
  ) as [number, number];
  return entries
    .map(({ path, md5 }, row) => {
      const cells = [
        ...(hasSize ? [sizes[row]!.padStart(sizeWidth)] : []),
        ...(hasHash ? [(md5 ?? '').padEnd(hashWidth)] : []),
      ];
      return `${[...cells, path].join('  ')}\n`;
    })
    .join('');
}
