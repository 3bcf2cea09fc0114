import { DataFormatError } from '../../base/errors.ts';
import type { DvcFile, Out } from './dvc-file.ts';
import { parseObjectId } from './object-id.ts';
import { checkRelpath } from './relpath.ts';

/** Returns whether a value is what its key may hold, and what that is, for messages. */
type Rule = readonly [expected: string, holds: (value: unknown) => boolean];

const text: Rule = ['text', (value) => typeof value === 'string'];
const yes: Rule = ['true or false', (value) => typeof value === 'boolean'];
const count: Rule = ['a whole number', (value) => Number.isSafeInteger(value) && (value as number) >= 0];
const mapping: Rule = ['a mapping', isMapping];
const texts: Rule = [
  'a list of texts',
  (value) => Array.isArray(value) && value.every((item) => typeof item === 'string'),
];
const mappings: Rule = ['a list of mappings', (value) => Array.isArray(value) && value.every(isMapping)];
const anything: Rule = ['anything', () => true];

// The two tables are those of DVC's schema (dvc/schema.py, dvc/output.py). A schema library would say the same, and take
// longer to load than reading every `.dvc` file of a repository.
const fileRules = new Map([
  ...keysOf('desc md5 wdir', text),
  ...keysOf('frozen locked always_changed', yes),
  ...keysOf('deps outs', mappings),
  ...keysOf('meta', anything),
]);
const outRules = new Map([
  ...keysOf('path md5 etag checksum version_id hash desc type remote', text),
  ...keysOf('size nfiles', count),
  ...keysOf('isexec cache persist push', yes),
  ...keysOf('cloud fs_config', mapping),
  ...keysOf('files', mappings),
  ...keysOf('labels', texts),
  ...keysOf('meta', anything),
]);

/**
 * Returns a parsed value as the content of a `.dvc` file.
 *
 * @throws DataFormatError for what DVC's schema refuses, and for paths that no honest file has
 */
export function toDvcFile(value: Readonly<Record<string, unknown>>, where: string): DvcFile {
  const content = checkKeys(value, fileRules, where);
  const outs = ((content['outs'] ?? []) as Record<string, unknown>[]).map((out, index) =>
    toOut(out, `${where}: outs[${index}]`),
  );
  const paths = new Set(outs.map(({ path }) => path));
  if (paths.size < outs.length) throw new DataFormatError(`${where}: the same path is there twice`);
  return { ...content, outs };
}

function toOut(value: Readonly<Record<string, unknown>>, where: string): Out {
  const out = checkKeys(value, outRules, where);
  if (typeof out['path'] !== 'string') throw new DataFormatError(`${where}: expected a path, got none`);
  checkRelpath(out['path'], where);
  if (out['md5'] !== undefined) parseObjectId(out['md5'], where);
  return out as unknown as Out;
}

/** Returns the entries that hold something. */
function checkKeys(
  value: Readonly<Record<string, unknown>>,
  rules: ReadonlyMap<string, Rule>,
  where: string,
): Record<string, unknown> {
  const entries = Object.entries(value).filter(([, held]) => held !== null);
  for (const [key, held] of entries) {
    const rule = rules.get(key);
    const shown = JSON.stringify(key.slice(0, 80));
    if (rule === undefined) throw new DataFormatError(`${where}: expected a key that DVC knows, got ${shown}`);
    const [expected, holds] = rule;
    if (!holds(held))
      throw new DataFormatError(`${where}: expected ${expected} as ${shown}, got another kind of value`);
  }
  return Object.fromEntries(entries);
}

function isMapping(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function keysOf(keys: string, rule: Rule): [string, Rule][] {
  return keys.split(' ').map((key) => [key, rule]);
}
