import { globSync } from 'node:fs';
import type { Command } from 'commander';
import { InvalidArgumentError } from '../../base/errors.ts';
import type { FailedTransfer } from '../../versioning/remote/transfer.ts';
import { CommandExit } from '../command-exit.ts';
import { onRepository, type Session } from './session.ts';
import { changesText, summaryLine } from './summary.ts';
import { type TransferFlags, toTransferOptions } from './transfer-options.ts';

/** Flags of `labmill data pull`. */
export interface PullFlags extends TransferFlags {
  readonly force?: true;
  readonly allowMissing?: true;
}

const upToDate = 'Everything is up to date.';

/** Runs `labmill data push`. */
export async function push(targets: readonly string[], flags: TransferFlags, command: Command): Promise<void> {
  await onRepository(command, flags, async (session) => {
    const { repository, long, print } = session;
    const named = flags.glob === true ? expand(targets, repository.directory) : targets;
    const { transferred, failed } = await repository.push(named, { ...long, ...toTransferOptions(flags) });
    print(summaryLine({ pushed: transferred }, failed.length > 0 ? 'Nothing was pushed.' : upToDate));
    requireNone(session, failed, 'pushed');
  });
}

/** Runs `labmill data fetch`. */
export async function fetch(targets: readonly string[], flags: TransferFlags, command: Command): Promise<void> {
  await onRepository(command, flags, async (session) => {
    const { repository, long, print } = session;
    const { transferred, failed } = await repository.fetch(targets, { ...long, ...toTransferOptions(flags) });
    print(summaryLine({ fetched: transferred }, failed.length > 0 ? 'Nothing was fetched.' : upToDate));
    requireNone(session, failed, 'fetched');
  });
}

/** Runs `labmill data pull`. */
export async function pull(targets: readonly string[], flags: PullFlags, command: Command): Promise<void> {
  await onRepository(command, flags, async ({ repository, long, print }) => {
    const { force, allowMissing } = flags;
    const options = {
      ...long,
      ...toTransferOptions(flags),
      force: force === true,
      allowMissing: allowMissing === true,
    };
    const result = await repository.pull(targets, options);
    const { fetched, ...stats } = result.stats;
    print(changesText(result) + summaryLine({ ...stats, fetched }, upToDate));
  });
}

function expand(patterns: readonly string[], directory: string): string[] {
  return patterns.flatMap((pattern) => {
    const found = globSync(pattern, { cwd: directory });
    if (found.length > 0) return found;
    throw new InvalidArgumentError(`--glob: expected files or folders that fit ${JSON.stringify(pattern)}, found none`);
  });
}

const shownFailures = 20;

function requireNone({ warn }: Session, failed: readonly FailedTransfer[], done: string): void {
  if (failed.length === 0) return;
  for (const { error } of failed.slice(0, shownFailures)) warn(`${error.message}\n`);
  if (failed.length > shownFailures) warn(`and ${failed.length - shownFailures} more\n`);
  warn(`${failed.length} file${failed.length > 1 ? 's' : ''} could not be ${done}; the same command tries again\n`);
  throw new CommandExit(1);
}
