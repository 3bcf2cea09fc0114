import { InvalidArgumentError, NotFiniteError, ShapeError } from '../base/errors.ts';

/** A class: a number or a string. */
export type Label = string | number;

/**
 * Returns the classes of y, sorted, and the index of each row's class among them.
 *
 * @throws ShapeError when y has not one label per row
 * @throws InvalidArgumentError unless all labels are strings or all are numbers, NotFiniteError for NaN and infinities
 */
export function classTargets(
  y: ArrayLike<Label>,
  rows: number,
  where: string,
): { classes: Label[]; indices: Int32Array } {
  requireLength(y, rows, where);
  const labels = Array.from(y);
  const type = typeof labels[0] === 'string' ? 'string' : 'number';
  labels.forEach((label, i) => {
    if (typeof label !== type) {
      throw new InvalidArgumentError(`${where}: expected ${type}s in y, got ${JSON.stringify(label)} in row ${i}`);
    }
    if (typeof label === 'number' && !Number.isFinite(label)) {
      throw new NotFiniteError(`${where}: expected labels in y, got ${label} in row ${i}`);
    }
  });
  const classes = [...new Set(labels)].sort((a, b) => (a < b ? -1 : 1));
  const indexOf = new Map(classes.map((label, index) => [label, index]));
  return { classes, indices: Int32Array.from(labels, (label) => indexOf.get(label)!) };
}

/** Throws a `ShapeError` unless y has one value per row. */
export function requireLength(y: ArrayLike<unknown>, rows: number, where: string): void {
  if (y.length !== rows) throw new ShapeError(`${where}: expected y of length ${rows} (rows of X), got ${y.length}`);
}
