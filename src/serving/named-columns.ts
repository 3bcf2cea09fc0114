import { ColumnError } from '../base/errors.ts';
import type { InputField } from './input-field.ts';
import { shown } from './read-input.ts';

/** Throws a ColumnError that names the columns which the model needs and `names` lacks, if there are any. */
export function requireColumns(fields: readonly InputField[], names: ReadonlySet<string>): void {
  const missing = fields.filter(({ name, isOptional }) => !isOptional && !names.has(name));
  if (missing.length === 0) return;
  const quoted = (some: readonly InputField[]): string => some.map(({ name }) => shown(name)).join(', ');
  throw new ColumnError(`input: expected the columns ${quoted(fields)}, got none named ${quoted(missing)}`);
}
