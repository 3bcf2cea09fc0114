import type { ObjectId } from '../format/object-id.ts';

/** The options of a remote as DVC's config has them: texts, the relative paths among them made absolute. */
export interface RemoteSettings {
  /** A folder's absolute path, or `webdav://host/path`, `webdavs://host/path`. */
  readonly url: string;
  readonly [option: string]: string | undefined;
}

/** Options of a remote's operations. */
export interface RemoteOptions {
  /** Ends the operation; its reason is thrown. */
  readonly signal?: AbortSignal | undefined;
}

/** Options of `Remote.upload` and `Remote.download`. */
export interface ObjectTransferOptions extends RemoteOptions {
  /** The file in the workspace that the object is the content of; messages begin with it. */
  readonly path: string;
  /** Is called with the number of the object's bytes that have passed so far; a second try starts again at 0. */
  readonly onBytes?: ((bytes: number) => void) | undefined;
}

/** A place where objects are kept for others, `files/md5/<2 digits>/<30 digits>` below its URL. */
export interface Remote {
  readonly name: string;
  /** The URL without anything secret. */
  readonly url: string;
  /** How many transfers at the same time suit it. */
  readonly jobs: number;

  /**
   * Makes sure that there is a remote to fetch from, or makes one to push to.
   *
   * @throws RemoteError when there is none, or none can be made
   * @throws RemoteAuthError when it does not let us in
   */
  prepare(purpose: 'fetch' | 'push', options?: RemoteOptions): Promise<void>;

  /** Returns which of the objects the remote has, each with its size in bytes. */
  has(ids: Iterable<ObjectId>, options?: RemoteOptions): Promise<ReadonlyMap<ObjectId, number>>;

  /**
   * Stores the file at `from` as object `id`, visible only as a whole, in the place of what stood there.
   *
   * @throws CacheObjectError when the file is not that object; the remote then does not have it
   * @throws RemoteError, RemoteAuthError
   */
  upload(id: ObjectId, from: string, options: ObjectTransferOptions): Promise<void>;

  /**
   * Writes object `id` to the path `to`; nothing is left there unless its md5 is right.
   *
   * @throws RemoteError when it is not there or not as it should be
   * @throws RemoteAuthError
   * @throws FileWriteError when the disk does not take it
   */
  download(id: ObjectId, to: string, options: ObjectTransferOptions): Promise<void>;

  /** Lets go of the connections. */
  close(): void;
}
