import { join } from 'node:path';
import type { DataRepository } from 'labmill/versioning';
import { problemsOf } from './content.ts';
import { git } from './git.ts';
import { type CommittedVersion, dataFile } from './repository.ts';

/** One switch to a version, and what was wrong with the data afterwards. */
export interface Switch {
  readonly place: string;
  readonly tag: string;
  readonly durationMs: number;
  /** None when the data are those of the version. */
  readonly problems: readonly string[];
}

/** A working copy to switch in. */
export interface WorkingCopy {
  /** Its name in the report. */
  readonly place: string;
  readonly data: DataRepository;
  /** Makes the data what git's files say. */
  readonly bring: () => Promise<unknown>;
}

/** Switches through all versions, forward to the last and back to the first, and looks at the data each time. */
export async function switchThrough(
  { place, data, bring }: WorkingCopy,
  versions: readonly CommittedVersion[],
): Promise<Switch[]> {
  const switches: Switch[] = [];
  for (const { tag, content } of [...versions, ...versions.slice(0, -1).toReversed()]) {
    const start = performance.now();
    await git(data.root, 'checkout', '--quiet', tag);
    await bring();
    const durationMs = performance.now() - start;
    const problems = problemsOf(join(data.root, dataFile), content);
    const status = JSON.stringify(await data.status());
    if (status !== '{}') problems.push(`status: expected {}, got ${status}`);
    switches.push({ place, tag, durationMs, problems });
  }
  return switches;
}
