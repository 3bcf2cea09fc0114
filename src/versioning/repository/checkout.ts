import { chmodSync, mkdirSync, rmdirSync, rmSync, statSync, unlinkSync } from 'node:fs';
import { join, posix } from 'node:path';
import { CacheObjectError, RepositoryError } from '../../base/errors.ts';
import type { DirEntry } from '../format/dir-object.ts';
import { isDirectoryId } from '../format/object-id.ts';
import { stateWidth } from '../store/file-state.ts';
import { placeFiles } from '../store/place-files.ts';
import type { LongOptions } from '../store/run-batches.ts';
import type { TreeState } from '../store/tree-state.ts';
import { type Collected, collectWorkspace, objectOf } from './collect-outs.ts';
import { readWorkspace, type RepositoryContext, toShownPath } from './context.ts';
import { requireUnused } from './lock.ts';
import { requireOwnPlace, requireRealFolders } from './real-folders.ts';
import { removeUntracked } from './remove-untracked.ts';
import { selectTargets, type Target } from './targets.ts';
import { lookAtLink } from '../store/look-at.ts';

/** Options of `DataRepository.checkout`. */
export interface CheckoutOptions extends LongOptions {
  /** Overwrites and removes files whose content is in no cache. Default: false. */
  readonly force?: boolean;
  /** Makes all files anew, as after a change of `cache.type`. Default: false. */
  readonly relink?: boolean;
  /** Is content with what the cache has. Default: false. */
  readonly allowMissing?: boolean;
}

/** What a checkout did to outputs, folders with a slash at their end, and to how many files. */
export interface CheckoutResult {
  readonly modified: readonly string[];
  readonly added: readonly string[];
  readonly deleted: readonly string[];
  readonly stats: { readonly modified: number; readonly added: number; readonly deleted: number };
}

/** What has to happen to one output. */
interface Plan {
  readonly target: Target;
  readonly isDirectory: boolean;
  /** The output's files as they shall be, and those among them that have to be made. */
  readonly wanted: readonly DirEntry[];
  readonly made: readonly DirEntry[];
  readonly removed: readonly DirEntry[];
  readonly now: TreeState | undefined;
  /** Whether a file lacks the right to be executed. */
  readonly isExecMissing: boolean;
}

/** Makes the workspace what the `.dvc` files say; see `DataRepository.checkout`. */
export async function checkout(
  context: RepositoryContext,
  targets: readonly string[],
  { force = false, relink = false, allowMissing = false, ...long }: CheckoutOptions,
): Promise<CheckoutResult> {
  const collected = collectWorkspace(context.root);
  const selected = selectTargets(context, collected.outs, targets);
  requireUnused(
    join(context.root, '.dvc', 'tmp'),
    selected.map(({ tracked }) => join(context.root, tracked.path)),
  );
  const plans: Plan[] = [];
  const problems: { path: string; error: CacheObjectError }[] = [];
  const trying = async (target: Target, work: () => Promise<void>): Promise<void> => {
    try {
      await work();
    } catch (error) {
      if (!(error instanceof CacheObjectError)) throw error;
      problems.push({ path: toShownPath(context, target.tracked.path), error });
    }
  };
  for (const target of selected) {
    await trying(target, async () => {
      const plan = await makePlan(context, target, collected, relink, long);
      if (plan !== undefined) plans.push(plan);
    });
  }
  if (!force) requireNothingLost(context, plans);
  const deleted = targets.length === 0 ? removeUntracked(context, collected) : [];
  const done: Plan[] = [];
  for (const plan of plans) {
    await trying(plan.target, async () => {
      await carryOut(context, plan, collected, force, long);
      if (plan.made.length + plan.removed.length > 0 || plan.isExecMissing || plan.now === undefined) done.push(plan);
    });
  }
  if (problems.length > 0 && !allowMissing) throw unmade(problems);
  return summary(context, done, deleted);
}

async function makePlan(
  context: RepositoryContext,
  target: Target,
  collected: Collected,
  relink: boolean,
  long: LongOptions,
): Promise<Plan | undefined> {
  const { tracked, within } = target;
  const id = objectOf(tracked);
  if (id === undefined || tracked.out.cache === false) return undefined;
  requireOwnPlace(context.root, tracked.path);
  const now = await readWorkspace(context, tracked.path, collected, long);
  const isDirectory = isDirectoryId(id);
  const isExecMissing = tracked.out.isexec === true && now?.isExec === false && now.id === id;
  const common = { target, isDirectory, now, isExecMissing };
  if (now?.id === id && !relink) return { ...common, wanted: now.files, made: [], removed: [] };
  const wanted = isDirectory ? context.cache.readDirectory(id) : [{ relpath: '', md5: id }];
  const current = new Map(now?.files.map(({ relpath, md5 }) => [relpath, md5]));
  const goal = new Set(wanted.map(({ relpath }) => relpath));
  const isMeant = ({ relpath }: DirEntry): boolean =>
    within === undefined || relpath === within || relpath.startsWith(`${within}/`);
  const made = wanted.filter((entry) => isMeant(entry) && (relink || current.get(entry.relpath) !== entry.md5));
  const removed = (now?.files ?? []).filter((entry) => isMeant(entry) && !goal.has(entry.relpath));
  return { ...common, wanted, made, removed };
}

/** Makes sure that what is overwritten or removed is in the cache, sound. */
function requireNothingLost(context: RepositoryContext, plans: readonly Plan[]): void {
  const lost = plans.flatMap(({ target: { tracked }, made, removed, now }) => {
    const current = new Map(now?.files.map(({ relpath, md5 }) => [relpath, md5]));
    const overwritten = made.flatMap(({ relpath, md5 }) => {
      const before = current.get(relpath);
      // What DVC does not look at (ignored, or behind a link) may be there all the same.
      if (before === undefined)
        return now !== undefined && isInTheWay(context, tracked.path, relpath, current) ? relpath : [];
      return before === md5 || context.cache.isSound(before) ? [] : relpath;
    });
    const gone = removed.flatMap(({ relpath, md5 }) => (context.cache.isSound(md5) ? [] : relpath));
    return [...overwritten, ...gone].map((relpath) => toShownPath(context, posix.join(tracked.path, relpath)));
  });
  if (lost.length === 0) return;
  const more = lost.length > 5 ? ` and ${lost.length - 5} more` : '';
  throw new RepositoryError(
    `${lost.slice(0, 5).join(', ')}${more}: would be lost, since the cache does not have the content; ` +
      'keep it with "labmill data add", or give it up with --force',
  );
}

/** Returns whether something that is not known to be in the output stands where a file of it goes. */
function isInTheWay(
  { root }: RepositoryContext,
  path: string,
  relpath: string,
  known: ReadonlyMap<string, string>,
): boolean {
  const parts = relpath.split('/');
  return parts.some((_part, i) => {
    const part = parts.slice(0, i + 1).join('/');
    const stat = part === '' ? undefined : lookAtLink(join(root, path, part));
    return stat !== undefined && !stat.isDirectory() && !known.has(part);
  });
}

async function carryOut(
  context: RepositoryContext,
  plan: Plan,
  collected: Collected,
  force: boolean,
  long: LongOptions,
): Promise<void> {
  const { target, made, wanted, now, isExecMissing } = plan;
  const { path, out } = target.tracked;
  const { root, cache, index } = context;
  const file = join(root, path);
  if (isExecMissing) chmodSync(file, statSync(file).mode | 0o100);
  if (made.length + plan.removed.length === 0 && now !== undefined) return;
  const placements = made.map(({ relpath, md5 }) => ({
    id: md5,
    path: posix.join(path, relpath),
    size: (out.size ?? 0) / wanted.length,
    isExec: out.isexec === true,
  }));
  const makeWay = (): void => makeWayFor(context, plan, force);
  const placed = await placeFiles(placements, { ...long, root, cache, index, makeWay });
  if (target.within === undefined) remember(context, plan, placed, collected);
  else index.forget(path);
}

/** Removes what goes, with the folders that are empty then, and makes the folders of what comes. */
function makeWayFor({ root }: RepositoryContext, plan: Plan, force: boolean): void {
  const { target, isDirectory, made, removed } = plan;
  const { path } = target.tracked;
  const folders = new Set<string>();
  for (const { relpath } of removed) {
    unlinkSync(join(root, path, relpath));
    for (const folder of foldersAbove(relpath)) folders.add(folder);
  }
  for (const folder of [...folders].toSorted((a, b) => b.length - a.length)) removeIfEmpty(join(root, path, folder));
  if (!isDirectory && removed.length > 0) removeIfEmpty(join(root, path));
  const known = new Set<string>();
  makeFolder(root, isDirectory ? path : posix.dirname(path), known, force);
  for (const { relpath } of made) makeFolder(root, posix.dirname(posix.join(path, relpath)), known, force);
}

function removeIfEmpty(folder: string): void {
  try {
    rmdirSync(folder);
  } catch {
    // Something is left in it that is not ours.
  }
}

/** Makes a folder and those above it; a link in its place is only removed by force. */
function makeFolder(root: string, folder: string, known: Set<string>, force: boolean): void {
  if (folder === '.' || known.has(folder)) return;
  makeFolder(root, posix.dirname(folder), known, force);
  const absolute = join(root, folder);
  if (force && lookAtLink(absolute)?.isSymbolicLink() === true) rmSync(absolute);
  requireRealFolders(root, `${folder}/`, known);
  mkdirSync(absolute, { recursive: true });
  known.add(folder);
}

/** Notes what the output is now, so that the next look at it costs no reading. */
function remember(context: RepositoryContext, plan: Plan, placed: Float64Array, { rulesAt }: Collected): void {
  const { target, wanted, made, now, isDirectory } = plan;
  const { path, out } = target.tracked;
  const folders = isDirectory ? foldersOf(wanted) : [];
  const states = new Float64Array((folders.length + wanted.length) * stateWidth);
  // Names may have come in the meantime: the folders are looked into again the next time.
  states.fill(NaN, 0, folders.length * stateWidth);
  const oldRows = new Map(now?.files.map(({ relpath }, row) => [relpath, now.folders.length + row]));
  const newRows = new Map(made.map(({ relpath }, row) => [relpath, row]));
  for (const [i, { relpath }] of wanted.entries()) {
    const newRow = newRows.get(relpath);
    const [from, row] = newRow === undefined ? [now?.states, oldRows.get(relpath) ?? 0] : [placed, newRow];
    if (from !== undefined)
      states.set(from.subarray(row * stateWidth, (row + 1) * stateWidth), (folders.length + i) * stateWidth);
  }
  const size = wanted.reduce((sum, _entry, i) => sum + states[(folders.length + i) * stateWidth]!, 0);
  const { text } = rulesAt(posix.dirname(path) === '.' ? '' : posix.dirname(path));
  const rest = { path, size, rules: text, isSaved: true, links: [], isExec: out.isexec === true };
  context.index.save({ ...rest, id: out.md5!, folders, files: wanted, states });
}

function foldersOf(entries: readonly DirEntry[]): string[] {
  return [...new Set(['', ...entries.flatMap(({ relpath }) => foldersAbove(relpath))])];
}

/** Returns the folders that a path goes through. */
function foldersAbove(relpath: string): string[] {
  return [...relpath.matchAll(/\//g)].map(({ index }) => relpath.slice(0, index));
}

function summary(context: RepositoryContext, plans: readonly Plan[], deleted: readonly string[]): CheckoutResult {
  const shown = ({ target, isDirectory }: Plan): string =>
    `${toShownPath(context, target.tracked.path)}${isDirectory ? '/' : ''}`;
  const stats = { modified: 0, added: 0, deleted: deleted.length };
  for (const { made, removed, now, isExecMissing } of plans) {
    const current = new Set(now?.files.map(({ relpath }) => relpath));
    const modified = made.filter(({ relpath }) => current.has(relpath)).length;
    stats.modified += modified + (isExecMissing ? 1 : 0);
    stats.added += made.length - modified;
    stats.deleted += removed.length;
  }
  return {
    modified: foldersFirst(plans.filter(({ now }) => now !== undefined).map(shown)),
    added: foldersFirst(plans.filter(({ now }) => now === undefined).map(shown)),
    deleted: foldersFirst(deleted),
    stats,
  };
}

function foldersFirst(paths: readonly string[]): string[] {
  const rank = (path: string): string => `${path.endsWith('/') ? 0 : 1}${path}`;
  return [...new Set(paths)].toSorted((a, b) => (rank(a) < rank(b) ? -1 : 1));
}

function unmade(problems: readonly { path: string; error: CacheObjectError }[]): CacheObjectError {
  const failed = [...new Set(problems.map(({ path }) => path))];
  const [first] = problems;
  return new CacheObjectError(
    `${failed.join(', ')}: left as it was: ${first?.error.message ?? ''}. "labmill data pull" fetches what is missing.`,
    { failed, cause: first?.error },
  );
}
