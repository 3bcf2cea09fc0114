import { InputError, type InputProblem } from '../base/errors.ts';
import type { InputField } from './input-field.ts';
import { Refusal } from './refusal.ts';

/** Values from outside, whatever their form: `value(i, j)` is what row i has for field j, undefined when it has nothing. */
export interface InputSource {
  readonly rowCount: number;
  value(row: number, field: number): unknown;
  /** Returns where a value stands, for messages. */
  path(row: number, field: number): string;
}

/** The most problems that one error names. */
export const maxProblems: number = 100;

/** A value that a model can take; `null` is a missing one. */
export type Cell = number | string | null;

/** Checked values, row by row, with one for each field. */
export interface Rows {
  readonly rowCount: number;
  readonly cells: readonly Cell[];
}

/**
 * Returns values from outside as rows that a model can take. `null` and absent values are missing ones, where the field
 * may have them. Problems that the caller has `found` come first in the error.
 *
 * @throws InputError that names each value of another type, missing where it must not be, or of an unknown category;
 * and for no rows
 */
export function readInput(
  fields: readonly InputField[],
  source: InputSource,
  found: readonly InputProblem[] = [],
): Rows {
  const { rowCount } = source;
  if (rowCount === 0) throw inputError([{ path: 'rows', expected: 'at least one row', got: 'none' }]);
  const problems = [...found];
  const cells: Cell[] = [];
  for (let i = 0; i < rowCount; i++) {
    for (let j = 0; j < fields.length; j++) {
      const value = source.value(i, j);
      const expected = refusal(fields[j]!, value);
      if (expected !== undefined && problems.length < maxProblems) {
        problems.push({ path: source.path(i, j), expected, got: shown(value) });
      }
      cells.push((value ?? null) as Cell);
    }
  }
  if (problems.length > 0) throw inputError(problems);
  return { rowCount, cells };
}

/** Throws a Refusal for more rows than one request may have. */
export function requireRowCount(rowCount: number, maxRows: number): void {
  if (rowCount <= maxRows) return;
  throw new Refusal(413, `expected at most ${maxRows} rows, got ${rowCount}. Send them in several requests.`);
}

/** Returns the error for some problems; its message tells the first. */
export function inputError(problems: readonly InputProblem[]): InputError {
  const [{ path, expected, got }] = problems as [InputProblem];
  const others = problems.length === 1 ? '' : ` (and ${problems.length - 1} more)`;
  return new InputError(`${path}: expected ${expected}, got ${got}${others}`, problems);
}

/** Returns a value from outside for a message, cut when it is long. */
export function shown(value: unknown): string {
  if (value === undefined) return 'nothing';
  if (typeof value === 'number' && !Number.isFinite(value)) return String(value);
  if (typeof value === 'object' && value !== null) return Array.isArray(value) ? 'an array' : 'an object';
  const text = JSON.stringify(value);
  return text.length <= 80 ? text : `${text.slice(0, 80)}…`;
}

/** Returns `rows[3].Age`, or `rows[3]["sepal length (cm)"]` for a name that is no identifier. */
export function memberPath(parent: string, name: string): string {
  if (!/^[\p{L}_$][\p{L}\p{N}_$]*$/u.test(name)) return `${parent}[${JSON.stringify(name)}]`;
  return parent === '' ? name : `${parent}.${name}`;
}

/** Returns a member that an object from outside has itself: none of its prototype's. */
export function own(members: Readonly<Record<string, unknown>>, name: string): unknown {
  return Object.hasOwn(members, name) ? members[name] : undefined;
}

/** Returns what was expected of a value, or nothing when it can be used. */
function refusal({ type, isOptional, isClosed, categories }: InputField, value: unknown): string | undefined {
  if (type === 'number' ? Number.isFinite(value) : typeof value === 'string') {
    return !isClosed || categories!.includes(value as number | string) ? undefined : `one of ${list(categories!)}`;
  }
  const isMissing = value === undefined || value === null;
  if (isMissing && isOptional) return undefined;
  if (isClosed) return `one of ${list(categories!)}`;
  return typeof value === 'number' ? 'a finite number' : type === 'number' ? 'a number' : 'a string';
}

function list(categories: readonly (number | string)[]): string {
  const shownOnes = categories.slice(0, 10).map(shown).join(', ');
  return categories.length <= 10 ? shownOnes : `${shownOnes} and ${categories.length - 10} more`;
}
