import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { writeFileAtomic } from 'labmill';
import type { Row } from 'labmill/data';
import type { Content } from './content.ts';
import type { CommittedVersion, Push } from './repository.ts';
import type { Switch } from './switches.ts';

/** A version as the report tells it. */
export interface ReportedVersion extends Omit<CommittedVersion, 'content'>, Content {
  /** The median time of a switch to it, over all working copies. */
  readonly switchMs: number;
}

/** What `report.json` holds. */
export interface Report {
  readonly versions: readonly ReportedVersion[];
  readonly pushes: readonly Push[];
  readonly switches: readonly Switch[];
  /** Whether each switch gave the right data. */
  readonly passed: boolean;
}

/** Puts together what a run has found out. */
export function makeReport(
  versions: readonly CommittedVersion[],
  pushes: readonly Push[],
  switches: readonly Switch[],
): Report {
  return {
    versions: versions.map(({ content, ...version }) => ({
      ...version,
      ...content,
      switchMs: median(switches.filter(({ tag }) => tag === version.tag).map(({ durationMs }) => durationMs)),
    })),
    pushes,
    switches,
    passed: switches.every(({ problems }) => problems.length === 0),
  };
}

/** Returns one line for each version, for people. */
export function versionRows({ versions }: Report): Row[] {
  return versions.map((version) => ({
    tag: version.tag,
    commit: version.commit.slice(0, 7),
    md5: version.md5,
    rows: version.rows,
    columns: version.columns.join(', '),
    'missing ages': version.missingAges,
    'mean age': version.meanAge.toFixed(1),
    'standard deviation': version.stdAge.toFixed(1),
    bytes: version.sizeBytes,
    'switch (ms)': Math.round(version.switchMs),
  }));
}

/** Returns how many switches gave the right data, in words. */
export function verdict({ switches }: Report): string {
  const right = switches.filter(({ problems }) => problems.length === 0).length;
  return `${right} of ${switches.length} switches gave the data of their version`;
}

/** Removes what `writeReport` writes: a run that fails must not leave the report of the one before it. */
export function removeReport(out: string): void {
  for (const file of ['versions.svg', 'report.json', 'report.md']) rmSync(join(out, file), { force: true });
}

/** Writes `report.json`, `report.md` and the picture that it shows into a folder. */
export function writeReport(out: string, report: Report, picture: string): void {
  writeFileAtomic(join(out, 'versions.svg'), picture);
  writeFileAtomic(join(out, 'report.json'), `${JSON.stringify(report, null, 2)}\n`);
  const pushes = report.pushes.map(({ remote, url, objects, sizeBytes, durationMs }) => ({
    remote,
    url,
    objects,
    bytes: sizeBytes,
    'time (ms)': Math.round(durationMs),
  }));
  const switches = report.switches.map(({ place, tag, durationMs, problems }) => ({
    'working copy': place,
    'switch to': tag,
    'time (ms)': Math.round(durationMs),
    result: problems.length === 0 ? 'right' : problems.join('; '),
  }));
  const parts = [
    '# Data versions of the Titanic passengers',
    `${verdict(report)}.`,
    markdownTable(versionRows(report)),
    '![Ages in the versions](versions.svg)',
    '## Pushes',
    markdownTable(pushes),
    '## Switches',
    markdownTable(switches),
  ];
  writeFileAtomic(join(out, 'report.md'), `${parts.join('\n\n')}\n`);
}

function markdownTable(rows: readonly Row[]): string {
  const names = Object.keys(rows[0] ?? {});
  const line = (cells: readonly unknown[]): string =>
    `| ${cells.map((cell) => String(cell).replaceAll('|', '\\|')).join(' | ')} |`;
  return [line(names), line(names.map(() => '---')), ...rows.map((row) => line(names.map((name) => row[name])))].join(
    '\n',
  );
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}
