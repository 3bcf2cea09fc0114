import { join } from 'node:path';
import { realpathSync } from 'node:fs';
import type { TransferResult } from '../remote/transfer.ts';
import { ObjectCache } from '../store/object-cache.ts';
import { TreeIndex } from '../store/tree-index.ts';
import type { LongOptions } from '../store/run-batches.ts';
import type { AddedOut, AddOptions } from './add.ts';
import type { CheckoutOptions, CheckoutResult } from './checkout.ts';
import type { CloudStatus } from './cloud-status.ts';
import type { CommitOptions } from './commit.ts';
import type { RepositoryContext } from './context.ts';
import type { DataStatus, DataStatusOptions } from './data-status.ts';
import type { DiffOptions, DiffResult } from './diff.ts';
import { findRoot } from './find-root.ts';
import { Git } from './git.ts';
import type { InitOptions } from './init.ts';
import type { ListEntry, ListOptions } from './list.ts';
import type { ReadOptions } from './read.ts';
import { RemoteList } from './remote-list.ts';
import type { RemoveOptions } from './remove.ts';
import { RepositoryConfig } from './repository-config.ts';
import type { StatusResult } from './status.ts';
import type { PullOptions, PullResult, TransferTargetsOptions } from './transfer.ts';

/**
 * A folder whose data is versioned as DVC 3 does it: `.dvc` files beside the data, contents in a cache, copies on remotes.
 * What DVC writes is read, and the other way round. Stages of a `dvc.yaml` are not looked at.
 *
 * Targets are named as on a command line, from `directory`, and results name paths from there (`dataStatus` and `diff`
 * from the root, as DVC's do). Commands that change something hold the repository's lock, DVC's own; those that only look
 * need none, because everything is replaced as a whole.
 *
 * ```ts
 * const repository = DataRepository.open();
 * await repository.add(['data']);
 * await repository.push();
 * ```
 */
export class DataRepository implements RepositoryContext {
  /** The folder that holds `.dvc`, absolute. */
  readonly root: string;
  /** The folder from which targets are named, absolute. */
  readonly directory: string;
  readonly config: RepositoryConfig;
  readonly cache: ObjectCache;
  readonly index: TreeIndex;
  readonly git: Git | undefined;

  private constructor(directory: string) {
    this.root = findRoot(directory);
    this.directory = realpathSync(directory);
    this.config = new RepositoryConfig(this.root);
    this.cache = new ObjectCache(this.config.cache);
    this.index = new TreeIndex(join(this.root, '.dvc', 'tmp', 'labmill'));
    this.git = this.config.isNoScm ? undefined : Git.around(this.root);
  }

  /**
   * Makes a repository in `directory`, the top of a git repository unless an option says otherwise.
   *
   * @throws RepositoryError when there is one already and `force` is not set, or when git does not know the folder
   */
  static async init(directory = '.', options: InitOptions = {}): Promise<DataRepository> {
    const { init } = await import('./init.ts');
    await init(directory, options);
    return DataRepository.open(directory);
  }

  /**
   * Opens the repository that holds `directory`.
   *
   * @throws RepositoryError when neither it nor a folder above it has a `.dvc` folder
   */
  static open(directory = '.'): DataRepository {
    return new DataRepository(directory);
  }

  /** The remotes' settings. */
  get remotes(): RemoteList {
    return new RemoteList(this.config, this.directory);
  }

  /**
   * Starts to track files and folders, or takes their changes: their content goes into the cache, and each gets a `.dvc`
   * file and a line in `.gitignore`. A path within a tracked folder takes the changes of that part.
   *
   * @throws RepositoryError for a target that does not exist, is tracked by git, overlaps with another, or is no data
   */
  async add(targets: readonly string[], options: AddOptions = {}): Promise<AddedOut[]> {
    const { add } = await import('./add.ts');
    return this.#locked(options, async () => add(this, targets, options));
  }

  /**
   * Takes the changes of tracked files into the cache and their `.dvc` files; no target means all.
   *
   * @throws RepositoryError when something has changed and `force` is not set
   */
  async commit(targets: readonly string[] = [], options: CommitOptions = {}): Promise<AddedOut[]> {
    const { commit } = await import('./commit.ts');
    return this.#locked(options, async () => commit(this, targets, options));
  }

  /** Returns the value of `dvc status --json`: which outputs are not what their `.dvc` files say. */
  async status(targets: readonly string[] = [], options: LongOptions = {}): Promise<StatusResult> {
    const { status } = await import('./status.ts');
    return status(this, targets, options);
  }

  /** Returns the value of `dvc status --cloud --json`: which objects cache and remote do not both have. */
  async cloudStatus(targets: readonly string[] = [], options: TransferTargetsOptions = {}): Promise<CloudStatus> {
    const { cloudStatus } = await import('./cloud-status.ts');
    return cloudStatus(this, targets, options);
  }

  /** Returns the value of `dvc data status --json`: what differs between git's HEAD, the `.dvc` files and the workspace. */
  async dataStatus(targets: readonly string[] = [], options: DataStatusOptions = {}): Promise<DataStatus> {
    const { dataStatus } = await import('./data-status.ts');
    return dataStatus(this, targets, options);
  }

  /**
   * Returns the value of `dvc diff --json`: what differs between two revisions, or between one and the workspace.
   *
   * @throws RepositoryError for an unknown revision
   */
  async diff(a = 'HEAD', b?: string, options: DiffOptions = {}): Promise<DiffResult> {
    const { diff } = await import('./diff.ts');
    return diff(this, a, b, options);
  }

  /**
   * Makes the workspace what the `.dvc` files say; no target means all, and then what is tracked no more goes.
   * Every file appears as a whole, and none before its content was checked.
   *
   * @throws RepositoryError when a file would be lost that is in no cache and `force` is not set
   * @throws CacheObjectError when objects are missing or damaged; their outputs are left as they were, others are made
   */
  async checkout(targets: readonly string[] = [], options: CheckoutOptions = {}): Promise<CheckoutResult> {
    const { checkout } = await import('./checkout.ts');
    return this.#locked(options, async () => checkout(this, targets, options));
  }

  /** Brings what is tracked to the remote; no target means all. Failures are in the result. */
  async push(targets: readonly string[] = [], options: TransferTargetsOptions = {}): Promise<TransferResult> {
    const { push } = await import('./transfer.ts');
    return this.#locked(options, async () => push(this, targets, options));
  }

  /** Brings what is tracked from the remote into the cache; no target means all. Failures are in the result. */
  async fetch(targets: readonly string[] = [], options: TransferTargetsOptions = {}): Promise<TransferResult> {
    const { fetch } = await import('./transfer.ts');
    return this.#locked(options, async () => fetch(this, targets, options));
  }

  /**
   * Fetches, then checks out.
   *
   * @throws what `checkout` throws; an object that could not be fetched is missing there
   */
  async pull(targets: readonly string[] = [], options: PullOptions = {}): Promise<PullResult> {
    const { pull } = await import('./transfer.ts');
    return this.#locked(options, async () => pull(this, targets, options));
  }

  /**
   * Stops tracking: removes the `.dvc` files that are named and their lines in `.gitignore`, with `outs` the data, too.
   * Returns the removed `.dvc` files.
   *
   * @throws RepositoryError for a target that is no `.dvc` file
   */
  async remove(targets: readonly string[], options: RemoveOptions = {}): Promise<string[]> {
    const { remove } = await import('./remove.ts');
    return this.#locked({}, async () => remove(this, targets, options));
  }

  /**
   * Returns the value of `dvc list . --json`: the files of the workspace or a revision, those in git and those tracked.
   *
   * @throws RepositoryError for an unknown path or revision
   */
  async list(path = '', options: ListOptions = {}): Promise<ListEntry[]> {
    const { list } = await import('./list.ts');
    return list(this, path, options);
  }

  /**
   * Returns the content of a tracked file, as the workspace's `.dvc` files or those of a revision say, from the cache or
   * else from the remote.
   *
   * @throws RepositoryError for a path that is not tracked, CacheObjectError when neither has it
   */
  async read(path: string, options: ReadOptions = {}): Promise<Buffer> {
    const { read } = await import('./read.ts');
    return read(this, path, options);
  }

  async #locked<T>({ signal }: LongOptions, work: () => Promise<T>): Promise<T> {
    this.config.requireFlock();
    const { lockRepository } = await import('./lock.ts');
    const unlock = await lockRepository(join(this.root, '.dvc', 'tmp'), { signal });
    try {
      this.cache.temporary.sweep();
      this.index.temporary.sweep();
      return await work();
    } finally {
      unlock();
    }
  }
}
