import { z } from 'zod';
import { ModelFileError } from '../base/errors.ts';
import { defaultMaxBytes, readCheckedJson, writeCheckedJson } from './checked-json.ts';
import type { Transformer } from './transformer.ts';
import { transformerFromJSON } from './transformer-from-json.ts';
import { transformerStateSchema } from './transformer-schema.ts';

/** Options of `loadTransformer`. */
export interface LoadTransformerOptions {
  /** The largest file that is read, in bytes. Default: 256 MiB. */
  readonly maxBytes?: number;
}

const fileFormat = { format: 'labmill-transformer', version: 1 };

/**
 * Saves a fitted transformer as JSON with a checksum; `loadTransformer` returns its equal.
 *
 * @throws NotFittedError before `fit`, FileWriteError when the file can't be written
 */
export function saveTransformer(path: string, transformer: Transformer): void {
  writeCheckedJson(path, fileFormat, { transformer: transformer.toJSON() });
}

/**
 * Returns the transformer that `saveTransformer` wrote.
 *
 * @throws FileReadError when the file can't be read
 * @throws ModelFileError when it is damaged, truncated, of another kind or of a newer version
 */
export function loadTransformer(
  path: string,
  { maxBytes = defaultMaxBytes }: LoadTransformerOptions = {},
): Transformer {
  const content = readCheckedJson(path, fileFormat, maxBytes);
  const parsed = z.strictObject({ transformer: transformerStateSchema }).safeParse(content);
  if (!parsed.success) {
    throw new ModelFileError(`${path}: damaged: ${z.prettifyError(parsed.error)}`, { cause: parsed.error });
  }
  return transformerFromJSON(parsed.data.transformer);
}
