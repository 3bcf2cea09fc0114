import { compareCodePoints } from '../format/compare-code-points.ts';
import type { Snapshot, SnapshotEntry } from './snapshot.ts';

/** What differs, or does not, between two moments; `unknown` is a file of a folder whose listing is missing. */
export type SnapshotChange =
  | { readonly type: 'added'; readonly old?: undefined; readonly new: SnapshotEntry }
  | { readonly type: 'deleted'; readonly old: SnapshotEntry; readonly new?: undefined }
  | { readonly type: 'modified' | 'renamed' | 'unchanged'; readonly old: SnapshotEntry; readonly new: SnapshotEntry }
  | { readonly type: 'unknown'; readonly old: SnapshotEntry | undefined; readonly new: SnapshotEntry | undefined };

/** Returns the changes from one snapshot to another, by path. What went in one place and came in another was renamed. */
export function compareSnapshots(before: Snapshot, after: Snapshot): SnapshotChange[] {
  const paths = [...new Set([...before.entries.keys(), ...after.entries.keys()])].toSorted(compareCodePoints);
  const unlisted = [...before.unlisted, ...after.unlisted];
  const changes = paths.map((path): SnapshotChange => {
    const [old, now] = [before.entries.get(path), after.entries.get(path)];
    if (unlisted.some((folder) => path.startsWith(`${folder}/`))) return { type: 'unknown', old, new: now };
    if (old === undefined) return { type: 'added', new: now! };
    if (now === undefined) return { type: 'deleted', old };
    return { type: old.hash === now.hash ? 'unchanged' : 'modified', old, new: now };
  });
  return withRenames(changes);
}

function withRenames(changes: readonly SnapshotChange[]): SnapshotChange[] {
  const gone = new Map<string, SnapshotEntry[]>();
  for (const { type, old } of changes) {
    if (type === 'deleted') gone.set(old.hash, [...(gone.get(old.hash) ?? []), old]);
  }
  const renamed = new Set<SnapshotEntry>();
  const found = changes.map((change): SnapshotChange => {
    const old = change.type === 'added' ? gone.get(change.new.hash)?.shift() : undefined;
    if (change.type !== 'added' || old === undefined) return change;
    renamed.add(old);
    return { type: 'renamed', old, new: change.new };
  });
  return found.filter(({ type, old }) => type !== 'deleted' || !renamed.has(old));
}

/** Returns an entry's path as DVC shows it: a folder's ends with a slash. */
export function shownEntry({ path, isDirectory }: SnapshotEntry): string {
  return isDirectory ? `${path}/` : path;
}
