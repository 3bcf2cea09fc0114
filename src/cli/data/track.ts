import type { Command } from 'commander';
import type { AddedOut } from '../../versioning/repository/take-out.ts';
import { formatBytes } from './format-bytes.ts';
import { type CommonFlags, commandDirectory, onRepository, type Session } from './session.ts';

/** Flags of `labmill data init`. */
export interface InitFlags extends CommonFlags {
  readonly scm: boolean;
  readonly force?: true;
  readonly subdir?: true;
}

/** Flags of `labmill data add`. */
export interface AddFlags extends CommonFlags {
  readonly commit: boolean;
  readonly glob?: true;
}

/** Flags of `labmill data commit`. */
export interface CommitFlags extends CommonFlags {
  readonly force?: true;
}

/** Flags of `labmill data remove`. */
export interface RemoveFlags extends CommonFlags {
  readonly outs?: true;
}

/** Runs `labmill data init`. */
export async function init(directory: string | undefined, flags: InitFlags, command: Command): Promise<void> {
  const { writeOut } = command.configureOutput() as Record<'writeOut', (text: string) => void>;
  const { DataRepository } = await import('../../versioning/repository/repository.ts');
  const { scm, force, subdir, quiet } = flags;
  const options = { noScm: !scm, force: force === true, subdir: subdir === true };
  await DataRepository.init(directory ?? commandDirectory(command), options);
  if (quiet === true) return;
  const next = scm ? '\nYou can now commit the changes to git:\n\n\tgit commit -m "Begin to version data"\n' : '';
  writeOut(`Initialized a data repository.\n${next}`);
}

/** Runs `labmill data add`. */
export async function add(targets: readonly string[], flags: AddFlags, command: Command): Promise<void> {
  await onRepository(command, flags, async (session) => {
    const { glob, commit: isCommitted } = flags;
    const options = { glob: glob === true, noCommit: !isCommitted };
    showTaken(session, await session.repository.add(targets, { ...session.long, ...options }));
  });
}

/** Runs `labmill data commit`. */
export async function commit(targets: readonly string[], flags: CommitFlags, command: Command): Promise<void> {
  await onRepository(command, flags, async (session) => {
    showTaken(session, await session.repository.commit(targets, { ...session.long, force: flags.force === true }));
  });
}

/** Runs `labmill data remove`. */
export async function remove(targets: readonly string[], flags: RemoveFlags, command: Command): Promise<void> {
  await onRepository(command, flags, async ({ repository, print }) => {
    const removed = await repository.remove(targets, { outs: flags.outs === true });
    print(removed.map((file) => `removed ${file}\n`).join(''));
  });
}

/** Prints a line for each output, and what git has to be told. */
function showTaken({ repository, print }: Session, outs: readonly AddedOut[]): void {
  const width = Math.max(0, ...outs.map(({ path }) => path.length));
  for (const { path, size, nfiles } of outs) {
    const files = nfiles === undefined ? '' : `${nfiles.toLocaleString('en-US')} file${nfiles === 1 ? '' : 's'}, `;
    print(`${path.padEnd(width)}  ${files}${formatBytes(size)}\n`);
  }
  const files = [...new Set(outs.flatMap(({ gitFiles }) => gitFiles))];
  if (repository.git === undefined || repository.config.isAutostage || files.length === 0) return;
  print(`\nTo track the changes with git, run:\n\n\tgit add ${files.map(shellWord).join(' ')}\n`);
}

function shellWord(text: string): string {
  return /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", `'"'"'`)}'`;
}
