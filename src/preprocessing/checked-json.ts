import { readFileSync, statSync } from 'node:fs';
import { FileReadError, ModelFileError } from '../base/errors.ts';
import { sha256 } from '../base/sha256.ts';
import { writeFileAtomic } from '../base/write-atomic.ts';

/** What tells one kind of file from others. */
export interface FileFormat {
  /** The value of the field `format`. */
  readonly format: string;
  /** The version this release writes, and the newest it reads. */
  readonly version: number;
}

/** Files larger than this are not read unless the caller says so: 256 MiB. */
export const defaultMaxBytes: number = 256 * 1024 * 1024;

// Deeper than any model needs to be, and far from the stack's end.
const maxDepth = 64;

/**
 * Writes `content` as JSON with the format, its version and the sha256 of everything else in canonical form.
 * Numbers keep all their digits.
 *
 * @throws ModelFileError when a number is not finite, FileWriteError when the file can't be written
 */
export function writeCheckedJson(path: string, { format, version }: FileFormat, content: object): void {
  const payload: unknown = JSON.parse(JSON.stringify({ format, version, ...content }, finiteOnly(path)));
  const checked = { ...(payload as object), sha256: sha256(canonicalJson(payload, path)) };
  writeFileAtomic(path, `${JSON.stringify(checked, null, 1)}\n`);
}

/**
 * Returns what `writeCheckedJson` wrote, of any version up to `version`, without format, version and checksum.
 * Nothing in the file is executed.
 *
 * @throws FileReadError when the file can't be read
 * @throws ModelFileError when it is too large, damaged, truncated, of another format or of a newer version
 */
export function readCheckedJson(path: string, expected: FileFormat, maxBytes: number): Record<string, unknown> {
  const value = parse(readAtMost(path, maxBytes), path);
  if (typeof value !== 'object' || value === null || !('format' in value) || value.format !== expected.format) {
    throw new ModelFileError(`${path}: expected a file of format ${JSON.stringify(expected.format)}, got another kind`);
  }
  const { sha256: checksum, ...payload } = value as Record<string, unknown>;
  const { format: _format, version, ...content } = payload;
  if (typeof version !== 'number' || version > expected.version) {
    throw new ModelFileError(
      `${path}: expected version ${expected.version} or older, got ${JSON.stringify(version)}. ` +
        'Read it with the release that wrote it, or a newer one.',
    );
  }
  if (checksum !== sha256(canonicalJson(payload, path))) {
    throw new ModelFileError(`${path}: damaged: its content does not match its sha256. Save it again.`);
  }
  return content;
}

/**
 * Returns JSON text that is the same for equal values: no white space, keys sorted by UTF-16 code units,
 * numbers and strings as ECMAScript writes them (RFC 8785).
 */
export function canonicalJson(value: unknown, path: string, depth = 0): string {
  if (depth > maxDepth) throw new ModelFileError(`${path}: damaged: nested deeper than ${maxDepth} levels`);
  if (Array.isArray(value)) return `[${value.map((item) => canonicalJson(item, path, depth + 1)).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const fields = Object.entries(value)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, item]) => `${JSON.stringify(key)}:${canonicalJson(item, path, depth + 1)}`);
  return `{${fields.join(',')}}`;
}

function finiteOnly(path: string): (key: string, value: unknown) => unknown {
  return (key, value) => {
    if (typeof value !== 'number' || Number.isFinite(value)) return value;
    throw new ModelFileError(`${path}: expected finite numbers to save, got ${value} in ${JSON.stringify(key)}`);
  };
}

function readAtMost(path: string, maxBytes: number): string {
  try {
    const { size } = statSync(path);
    if (size > maxBytes) {
      throw new ModelFileError(`${path}: expected at most ${maxBytes} bytes, got ${size}. Raise maxBytes to read it.`);
    }
    return readFileSync(path, 'utf8');
  } catch (cause) {
    if (cause instanceof ModelFileError) throw cause;
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new FileReadError(`${path}: could not be read: ${reason}`, { cause });
  }
}

function parse(text: string, path: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new ModelFileError(`${path}: damaged or truncated: not complete JSON (${reason})`, { cause });
  }
}
