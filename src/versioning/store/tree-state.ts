import { crc32 } from 'node:zlib';
import type { DirEntry } from '../format/dir-object.ts';
import type { ObjectId } from '../format/object-id.ts';

/** What a tracked file or folder was when it was last read: its content by hash, and the state of each file of it. */
export interface TreeState {
  /** The path from the repository's root. */
  readonly path: string;
  readonly id: ObjectId;
  readonly size: number;
  /** Whether it is a file that its owner may execute. */
  readonly isExec: boolean;
  /** The ignore rules under which it was read. */
  readonly rules: string;
  /** Whether its files were made from the cache, or taken into it, so that they may go when it is tracked no more. */
  readonly isSaved: boolean;
  /** The folders, its own (`''`) first; none when it is a file. */
  readonly folders: readonly string[];
  /** The files of a folder, in no particular order; for a file one entry, with the path `''`. */
  readonly files: readonly DirEntry[];
  /** Those of the files that are links to files elsewhere. */
  readonly links: readonly string[];
  /** The states of the folders, then of the files; see `enterState`. */
  readonly states: Float64Array;
}

const magic = 'LMTREE01';
const digits = 32;

/** Returns a tree's state as bytes; `decodeTreeState` reads them. */
export function encodeTreeState(tree: TreeState): Buffer {
  const { files, folders, states, ...rest } = tree;
  const names = Buffer.from([...folders, ...files.map(({ relpath }) => relpath)].join('\0'));
  const ids = Buffer.from(files.map(({ md5 }) => md5).join(''), 'latin1');
  const counts = { folders: folders.length, files: files.length, names: names.length };
  const header = Buffer.from(JSON.stringify({ ...rest, ...counts }));
  const lead = Buffer.alloc(16);
  lead.write(magic, 'latin1');
  lead.writeUInt32LE(header.length, 12);
  const content = [header, Buffer.alloc(-header.length & 7), Buffer.from(states.buffer), ids, names];
  const body = Buffer.concat(content);
  lead.writeUInt32LE(crc32(body, crc32(lead.subarray(12))), 8);
  return Buffer.concat([lead, body]);
}

/** Returns the state that `encodeTreeState` wrote, or nothing when the bytes are damaged or of another release. */
export function decodeTreeState(bytes: Buffer): TreeState | undefined {
  if (bytes.toString('latin1', 0, 8) !== magic || bytes.length < 16) return undefined;
  if (crc32(bytes.subarray(12)) !== bytes.readUInt32LE(8)) return undefined;
  const headerEnd = 16 + bytes.readUInt32LE(12);
  const { folders, files, names, ...rest } = JSON.parse(bytes.toString('utf8', 16, headerEnd)) as Header;
  const statesStart = (headerEnd + 7) & ~7;
  const statesEnd = statesStart + (folders + files) * 32;
  const idsEnd = statesEnd + files * digits;
  const paths = bytes.toString('utf8', idsEnd, idsEnd + names).split('\0');
  const ids = bytes.toString('latin1', statesEnd, idsEnd);
  const entries = new Array<DirEntry>(files);
  for (let i = 0; i < files; i++) {
    entries[i] = { md5: ids.slice(i * digits, (i + 1) * digits), relpath: paths[folders + i]! };
  }
  const states = new Float64Array(bytes.buffer.slice(bytes.byteOffset + statesStart, bytes.byteOffset + statesEnd));
  return { ...rest, folders: paths.slice(0, folders), files: entries, states };
}

interface Header extends Omit<TreeState, 'folders' | 'files' | 'states'> {
  readonly folders: number;
  readonly files: number;
  /** The length of the names in bytes. */
  readonly names: number;
}
