import type { Command } from 'commander';
import { InvalidArgumentError } from '../../base/errors.ts';
import { CommandExit } from '../command-exit.ts';
import { jsonLine } from './json-line.ts';
import { onRepository, type Session } from './session.ts';
import { cloudStatusText, dataStatusText, statusText } from './show-status.ts';
import { type TransferFlags, toTransferOptions } from './transfer-options.ts';

/** Flags of `labmill data status`. */
export interface StatusFlags extends TransferFlags {
  readonly json?: true;
  readonly cloud?: true;
  readonly granular?: true;
  readonly unchanged?: true;
  readonly untrackedFiles?: 'no' | 'all' | true;
  readonly notInRemote?: true;
}

/** Runs `labmill data status`: `dvc status`, with `--cloud` its other half, with `--granular` and its like `dvc data status`. */
export async function status(targets: readonly string[], flags: StatusFlags, command: Command): Promise<void> {
  const isDataStatus =
    flags.granular === true ||
    flags.unchanged === true ||
    flags.untrackedFiles !== undefined ||
    flags.notInRemote === true;
  const isCloud = !isDataStatus && (flags.cloud === true || flags.remote !== undefined);
  if (isDataStatus && flags.cloud === true) {
    throw new InvalidArgumentError('--cloud: cannot go with --granular and its like');
  }
  if (!isCloud && [flags.allBranches, flags.allTags, flags.allCommits, flags.jobs].some((flag) => flag !== undefined)) {
    throw new InvalidArgumentError('--all-branches, --all-tags, --all-commits, --jobs: expected --cloud with them');
  }
  const show = isDataStatus ? showDataStatus : isCloud ? showCloudStatus : showStatus;
  await onRepository(command, flags, async (session) => {
    const isChanged = await show(session, targets, flags);
    if (flags.quiet === true && isChanged && !isDataStatus) throw new CommandExit(1);
  });
}

async function showStatus(
  { repository, long, print }: Session,
  targets: readonly string[],
  flags: StatusFlags,
): Promise<boolean> {
  const result = await repository.status(targets, long);
  print(flags.json === true ? jsonLine(result) : statusText(result) || 'Data is up to date.\n');
  return Object.keys(result).length > 0;
}

async function showCloudStatus(
  { repository, long, print }: Session,
  targets: readonly string[],
  flags: StatusFlags,
): Promise<boolean> {
  const result = await repository.cloudStatus(targets, { ...long, ...toTransferOptions(flags) });
  const name = flags.remote ?? repository.remotes.default;
  print(
    flags.json === true ? jsonLine(result) : cloudStatusText(result) || `Cache and remote '${name}' are in sync.\n`,
  );
  return Object.keys(result).length > 0;
}

async function showDataStatus(
  { repository, long, print }: Session,
  targets: readonly string[],
  flags: StatusFlags,
): Promise<boolean> {
  const { granular, unchanged, notInRemote, remote, untrackedFiles } = flags;
  const result = await repository.dataStatus(targets, {
    ...long,
    granular,
    unchanged,
    notInRemote,
    remote,
    untrackedFiles: untrackedFiles === true ? 'all' : untrackedFiles,
    git: flags.json !== true,
  });
  print(flags.json === true ? jsonLine(result) : dataStatusText(result));
  return Object.keys(result).length > 0;
}
