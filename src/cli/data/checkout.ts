import type { Command } from 'commander';
import { type CommonFlags, onRepository } from './session.ts';
import { jsonLine } from './json-line.ts';
import { changesText, summaryLine } from './summary.ts';

/** Flags of `labmill data checkout`. */
export interface CheckoutFlags extends CommonFlags {
  readonly summary?: true;
  readonly force?: true;
  readonly relink?: true;
  readonly allowMissing?: true;
  readonly json?: true;
}

/** Runs `labmill data checkout`. */
export async function checkout(targets: readonly string[], flags: CheckoutFlags, command: Command): Promise<void> {
  await onRepository(command, flags, async ({ repository, long, print }) => {
    const { force, relink, allowMissing, json, summary } = flags;
    const options = { force: force === true, relink: relink === true, allowMissing: allowMissing === true };
    const result = await repository.checkout(targets, { ...long, ...options });
    if (json === true) return print(jsonLine(result));
    print(summary === true ? summaryLine(result.stats, 'No changes.') : changesText(result));
    if (relink === true) print('Relinked successfully\n');
  });
}
