import { formatYamlMapping, type YamlValue } from './yaml-block.ts';
import { readPlainDvcFile } from './plain-dvc-file.ts';
import { readYamlMapping } from './read-yaml.ts';
import type { ObjectId } from './object-id.ts';
import { toDvcFile } from './dvc-file-schema.ts';

/** A tracked file or directory as a `.dvc` file describes it, in DVC's own words. */
export interface Out {
  /** Its path from the folder of the `.dvc` file (or its `wdir`), with forward slashes. */
  readonly path: string;
  /** Its content; absent before the first commit. */
  readonly md5?: ObjectId;
  /** Bytes of the file, or of all files of the directory. */
  readonly size?: number;
  /** How many files a directory has. */
  readonly nfiles?: number;
  readonly isexec?: boolean;
  /** `md5` since DVC 3; without it the content lies where DVC 2 kept it, under a hash of its own. */
  readonly hash?: string;
  /** False when DVC watches the file and does not keep it. */
  readonly cache?: boolean;
  /** False when the content never goes to a remote. */
  readonly push?: boolean;
  /** The one remote the content belongs to. */
  readonly remote?: string;
  readonly persist?: boolean;
  readonly desc?: string;
  readonly type?: string;
  readonly labels?: readonly string[];
  /** Whatever its owner noted. */
  readonly meta?: YamlValue;
  /** What only external outputs and cloud versions have; kept, and not used. */
  readonly [key: string]: YamlValue | undefined;
}

/** The content of a `.dvc` file. */
export interface DvcFile {
  readonly outs: readonly Out[];
  /** What an imported file was made from. */
  readonly deps?: readonly { readonly [key: string]: YamlValue }[];
  readonly md5?: string;
  /** The folder that paths are read from, when it is not that of the file. */
  readonly wdir?: string;
  readonly frozen?: boolean;
  readonly desc?: string;
  readonly meta?: YamlValue;
  readonly [key: string]: YamlValue | readonly Out[] | undefined;
}

/** The order in which DVC writes a file's keys. */
const fileKeys = 'desc md5 wdir frozen deps outs always_changed meta'.split(' ');

/** The order in which DVC writes an output's keys. */
const outKeys = (
  'md5 etag checksum size nfiles isexec version_id cloud hash path fs_config ' +
  'desc type labels meta cache persist remote push files'
).split(' ');

/**
 * Parses a `.dvc` file; what DVC would refuse is refused.
 *
 * @param where names the file in messages
 * @throws DataFormatError when it is no YAML, too large, has keys or values that it may not have, a path that leads out of
 * its folder, or the same path twice
 */
export function parseDvcFile(text: string, where: string): DvcFile {
  return toDvcFile(readPlainDvcFile(text) ?? readYamlMapping(text, where), where);
}

/** Returns the text of a `.dvc` file as DVC writes a new one. */
export function formatDvcFile(file: DvcFile): string {
  const outs = file.outs.map((out) => inOrder(out, outKeys));
  return formatYamlMapping(inOrder({ ...file, outs }, fileKeys));
}

/** Returns the entries that are set, in the order of `keys`. */
function inOrder(
  values: Readonly<Record<string, YamlValue | readonly Out[] | undefined>>,
  keys: readonly string[],
): Record<string, YamlValue> {
  const set = keys.flatMap((key) => (values[key] === undefined ? [] : [[key, values[key] as YamlValue] as const]));
  return Object.fromEntries(set);
}
