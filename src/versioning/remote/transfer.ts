import { RemoteAuthError, RemoteError, isLabmillError } from '../../base/errors.ts';
import type { DirEntry } from '../format/dir-object.ts';
import type { ObjectId } from '../format/object-id.ts';
import { inParallel } from './in-parallel.ts';
import type { Remote } from './remote.ts';

/** An object that the workspace uses. */
export interface UsedObject {
  readonly id: ObjectId;
  /** The path in the workspace, for messages. */
  readonly path: string;
}

/** What a transfer needs of the cache. */
export interface TransferCache {
  path(id: ObjectId): string;
  has(id: ObjectId): boolean;
  temporaryPath(): string;
  adopt(temporaryPath: string, id: ObjectId): void;
  verify(id: ObjectId): Promise<boolean>;
  readDirectory(id: ObjectId): readonly DirEntry[];
}

/** How far a transfer is. */
export interface TransferProgress {
  /** Objects that are through, failed ones among them. */
  readonly done: number;
  readonly total: number;
  readonly bytes: number;
  /** `undefined` where nobody knows: a directory's listing does not say how large its files are. */
  readonly totalBytes: number | undefined;
}

/** Options of `pushObjects` and `fetchObjects`. */
export interface TransferOptions {
  readonly cache: TransferCache;
  readonly remote: Remote;
  /** The most transfers at the same time; default what suits the remote, 16 for WebDAV. */
  readonly jobs?: number | undefined;
  /** Ends the transfer; its reason is thrown. What is through stays. */
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((progress: TransferProgress) => void) | undefined;
}

/** An object that did not get through, and why. */
export interface FailedTransfer extends UsedObject {
  readonly error: Error;
}

/** What came of a transfer. */
export interface TransferResult {
  /** The number of objects that were transferred. */
  readonly transferred: number;
  /** The number of objects that were there already. */
  readonly present: number;
  /** The bytes of the transferred ones. */
  readonly bytes: number;
  /** By path. */
  readonly failed: readonly FailedTransfer[];
}

/** Counts and reports while objects go one way. */
export class Transfer {
  readonly failed: FailedTransfer[] = [];
  present = 0;
  transferred = 0;
  #done = 0;
  #total = 0;
  #totalBytes: number | undefined = 0;
  #bytes = 0;
  /** How many failures in a row were of the kind that a dead remote gives. */
  #silences = 0;
  readonly #options: TransferOptions;
  readonly #jobs: number;

  constructor(options: TransferOptions) {
    this.#options = options;
    this.#jobs = options.jobs ?? options.remote.jobs;
  }

  /** Notes what is to come: `bytes` is what it weighs, where that is known. */
  expect(objects: number, bytes: number | undefined): void {
    this.#total += objects;
    this.#totalBytes = bytes === undefined || this.#totalBytes === undefined ? undefined : this.#totalBytes + bytes;
  }

  /** Notes an object that cannot be had. */
  fail(object: UsedObject, error: unknown): void {
    if (!isLabmillError(error)) throw error;
    this.failed.push({ ...object, error });
  }

  /**
   * Transfers objects, each for itself: one that fails is noted, and the others go on, unless we are not let in or
   * nothing has answered for a while.
   */
  async run(
    objects: readonly UsedObject[],
    work: (object: UsedObject, onBytes: (bytes: number) => void) => Promise<void>,
  ): Promise<void> {
    const { signal, remote } = this.#options;
    await inParallel(objects, this.#jobs, async (object) => {
      signal?.throwIfAborted();
      let counted = 0;
      const onBytes = (bytes: number): void => {
        this.#bytes += bytes - counted;
        counted = bytes;
        this.#report();
      };
      try {
        if (this.#silences >= 2 * this.#jobs) {
          throw new RemoteError(`${object.path}: not tried, the remote at ${remote.url} does not answer any more`);
        }
        await work(object, onBytes);
        this.transferred++;
        this.#silences = 0;
      } catch (error) {
        signal?.throwIfAborted();
        if (error instanceof RemoteAuthError) throw error;
        if (error instanceof RemoteError && error.retryAfterMs !== undefined) this.#silences++;
        onBytes(0);
        this.fail(object, error);
      }
      this.#done++;
      this.#report();
    });
  }

  /** Returns what came of it. */
  result(): TransferResult {
    const { transferred, present } = this;
    const failed = this.failed.toSorted((a, b) => (a.path < b.path ? -1 : 1));
    return { transferred, present, bytes: this.#bytes, failed };
  }

  #report(): void {
    this.#options.onProgress?.({
      done: this.#done,
      total: this.#total,
      bytes: this.#bytes,
      totalBytes: this.#totalBytes,
    });
  }
}
