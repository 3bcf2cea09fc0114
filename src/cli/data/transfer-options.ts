import { InvalidArgumentError } from '../../base/errors.ts';
import type { TransferTargetsOptions } from '../../versioning/repository/transfer.ts';
import type { CommonFlags } from './session.ts';

/** Flags of the commands that talk to a remote. */
export interface TransferFlags extends CommonFlags {
  readonly remote?: string;
  readonly jobs?: string;
  readonly allBranches?: true;
  readonly allTags?: true;
  readonly allCommits?: true;
  readonly glob?: true;
}

/** Returns the flags as options, with the number of jobs checked. */
export function toTransferOptions(flags: TransferFlags): TransferTargetsOptions {
  const { remote, jobs, allBranches, allTags, allCommits } = flags;
  const count = jobs === undefined ? undefined : Number(jobs);
  if (count !== undefined && !(Number.isInteger(count) && count >= 1)) {
    throw new InvalidArgumentError(`--jobs: expected a whole number from 1 on, got ${JSON.stringify(jobs)}`);
  }
  return { remote, jobs: count, allBranches, allTags, allCommits };
}
