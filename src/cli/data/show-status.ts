import type { CloudStatus } from '../../versioning/repository/cloud-status.ts';
import type { DataChanges, DataStatus } from '../../versioning/repository/data-status.ts';
import type { StatusResult } from '../../versioning/repository/status.ts';

const stateWidth = 20;

/** Returns the text of `status`: for each `.dvc` file what has become of its outputs. */
export function statusText(status: StatusResult): string {
  const lines = Object.entries(status).flatMap(([file, stages]) => [
    `${file}:`,
    ...stages.flatMap((stage) => [
      '\tchanged outs:',
      ...Object.entries(stage['changed outs']).map(([path, state]) => `\t\t${`${state}:`.padEnd(stateWidth)}${path}`),
    ]),
  ]);
  return lines.map((line) => `${line}\n`).join('');
}

/** Returns the text of `status --cloud`: which files cache and remote do not both have. */
export function cloudStatusText(status: CloudStatus): string {
  return Object.entries(status)
    .map(([path, state]) => `\t${`${state}:`.padEnd(stateWidth)}${path}\n`)
    .join('');
}

const sections = [
  ['not_in_remote', 'Not in remote', ['use "labmill data push <file>..." to upload files']],
  ['not_in_cache', 'Not in cache', ['use "labmill data fetch <file>..." to download files']],
  ['committed', 'Committed changes', ['git commit the corresponding .dvc files to update the repository']],
  [
    'uncommitted',
    'Uncommitted changes',
    [
      'use "labmill data commit <file>..." to track changes',
      'use "labmill data checkout <file>..." to discard changes',
    ],
  ],
  ['untracked', 'Untracked files', ['use "git add <file>..." or "labmill data add <file>..." to track them']],
  ['unchanged', 'Unchanged files', []],
] as const;

/** Returns the text of `status --granular` and its like: git's HEAD, the `.dvc` files and the workspace compared. */
export function dataStatusText(status: DataStatus): string {
  const blocks = sections.flatMap(([key, title, hints]) => {
    const entries = toLines(status[key]);
    if (entries.length === 0) return [];
    return `${title}:\n${hints.map((hint) => `  (${hint})\n`).join('')}${entries.map((entry) => `        ${entry}\n`).join('')}`;
  });
  const { git } = status;
  const nothing = `No changes${git?.is_empty === true ? ' in an empty git repository' : ''}.\n`;
  const other = blocks.length === 0 ? '' : 'other ';
  const dirty =
    git?.is_dirty === true ? `(there are ${other}changes that are not data, use "git status" to see)\n` : '';
  return `${blocks.length === 0 ? nothing : blocks.join('\n')}${dirty}`;
}

function toLines(entries: readonly string[] | DataChanges | undefined): readonly string[] {
  if (entries === undefined) return [];
  if (isList(entries)) return entries;
  return Object.entries(entries).flatMap(([state, changes]) =>
    (changes as readonly (string | { old: string; new: string })[]).map(
      (change) => `${state}: ${typeof change === 'string' ? change : `${change.old} -> ${change.new}`}`,
    ),
  );
}

function isList(entries: readonly string[] | DataChanges): entries is readonly string[] {
  return Array.isArray(entries);
}
