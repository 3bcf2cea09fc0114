import {
  CacheObjectError,
  FileReadError,
  FileWriteError,
  isLabmillError,
  type LabmillError,
} from '../../base/errors.ts';
import type { ObjectId } from '../format/object-id.ts';
import { type FileBytes, readFileBytes } from './file-bytes.ts';
import { enterState, stateWidth } from './file-state.ts';
import type { ObjectCache } from './object-cache.ts';
import { type StagedFile, stageObject } from './stage-object.ts';

/** Why a batch stopped, in a form that crosses threads: where in it, a code (ours or the system's) and words. */
export interface BatchFailure {
  readonly at: number;
  readonly code: string;
  readonly message: string;
}

/** Files that were read: their hashes and their states (see `enterState`). */
export interface ReadBatch {
  readonly ids: readonly ObjectId[];
  readonly states: Float64Array;
  readonly failure?: BatchFailure;
}

/** Hashes files, and stores them in a cache when one is given; stops at the first that fails. */
export function readBatch(folder: string, paths: readonly string[], cache: ObjectCache | undefined): ReadBatch {
  const ids: ObjectId[] = [];
  const states = new Float64Array(paths.length * stateWidth);
  for (const [at, path] of paths.entries()) {
    let read: FileBytes;
    try {
      const absolute = path === '' ? folder : `${folder}/${path}`;
      read = cache === undefined ? readFileBytes(absolute) : cache.storeFile(absolute);
    } catch (error) {
      return { ids, states, failure: failureOf(at, error) };
    }
    enterState(states, at, read.stat);
    ids.push(read.id);
  }
  return { ids, states };
}

/** Makes files from a cache under temporary names; stops at the first that fails. */
export function stageBatch(files: readonly StagedFile[], cache: ObjectCache): { readonly failure?: BatchFailure } {
  for (const [at, file] of files.entries()) {
    try {
      stageObject(cache, file);
    } catch (error) {
      return { failure: failureOf(at, error) };
    }
  }
  return {};
}

/** Returns the error for a failure with the file `path`. */
export function failureError({ code, message }: BatchFailure, path: string): LabmillError {
  if (code === 'ERR_CACHE_OBJECT') return new CacheObjectError(`${path}: ${message}`);
  if (['ENOSPC', 'EDQUOT', 'EFBIG'].includes(code)) return new FileWriteError(`${path}: the disk is full (${code})`);
  if (['EROFS', 'EEXIST', 'EXDEV', 'EISDIR'].includes(code)) {
    return new FileWriteError(`${path}: could not be written: ${message}`);
  }
  return new FileReadError(`${path}: could not be read: ${message}`);
}

/** Returns an error of the system as a failure; one that is none, a fault of ours, is thrown. */
export function failureOf(at: number, error: unknown): BatchFailure {
  if (!(error instanceof Error) || !('code' in error)) throw error;
  if (isLabmillError(error) && error.code !== 'ERR_CACHE_OBJECT') throw error;
  return { at, code: String(error.code), message: error.message };
}
