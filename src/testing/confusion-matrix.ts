import { InvalidArgumentError } from '../base/errors.ts';
import { htmlTable, shown, type Shown, textTable } from './show.ts';
import { distinctLabels, type Label, requirePairs, type Targets } from './targets.ts';

/** Counts of rows by true label (row) and predicted label (column). Shows itself in a notebook as a table. */
export interface ConfusionMatrix extends Shown {
  readonly labels: readonly Label[];
  /** `counts[i][j]` rows have the label `labels[i]` and were predicted `labels[j]`. */
  readonly counts: readonly (readonly number[])[];
}

/** Options of `confusionMatrix`. */
export interface ConfusionMatrixOptions {
  /** The labels to count, in this order; rows with another label are left out. Default: all labels, sorted. */
  readonly labels?: readonly Label[];
}

/**
 * Returns the confusion matrix, with scikit-learn's orientation.
 *
 * @throws ShapeError, EmptyDataError, NotFiniteError for unequal lengths, no rows, NaN or infinities
 * @throws InvalidArgumentError when numbers and strings are mixed, or no label of `labels` occurs
 */
export function confusionMatrix(y: Targets, predicted: Targets, options: ConfusionMatrixOptions = {}): ConfusionMatrix {
  requirePairs(y, predicted, 'confusionMatrix');
  const present = distinctLabels([y, predicted], 'confusionMatrix');
  const labels = options.labels ?? present;
  if (!labels.some((label) => present.includes(label))) {
    throw new InvalidArgumentError(
      `confusionMatrix: expected at least one of the labels ${JSON.stringify(labels)} in y, got ${JSON.stringify(present)}`,
    );
  }
  const position = new Map(labels.map((label, i) => [label, i]));
  const counts = labels.map(() => new Array<number>(labels.length).fill(0));
  for (let i = 0; i < y.length; i++) {
    const row = position.get(y[i]!);
    const column = position.get(predicted[i]!);
    if (row !== undefined && column !== undefined) counts[row]![column]!++;
  }
  const head = ['true \\ predicted', ...labels.map(String)];
  const rows = labels.map((label, i) => [String(label), ...counts[i]!]);
  return shown({ labels, counts }, { text: textTable(head, rows), html: htmlTable(head, rows) });
}
