import { NotFiniteError } from '../base/errors.ts';
import { formatNumber, htmlTable, shown, type Shown } from './show.ts';

/** What a lab measured. */
export interface LabMeasurement {
  /** What was measured, in words, such as `"R² on the test year"`. */
  readonly measure: string;
  /** The figure. */
  readonly value: number;
  /** What the figure was held against; none when the lab only measures. */
  readonly threshold?: number;
  /** Whether the lab's own check held; none when the lab only measures. */
  readonly passed?: boolean;
  /** The unit of `value` and `threshold`, such as `"°C"`. */
  readonly unit?: string;
}

/** A lab's figure that shows itself in a notebook, and is collected there by `labmill run`. */
export type LabResult = LabMeasurement & Shown;

/** The MIME type under which a notebook's output carries a lab's figure. */
export const labResultMime = 'application/vnd.labmill.result+json';

/**
 * Returns a lab's figure as a value to end a cell with: shown as text, as a small table, and as
 * `application/vnd.labmill.result+json` for the runner's table.
 *
 * @throws NotFiniteError when `value` is not a finite number
 */
export function labResult(measurement: LabMeasurement): LabResult {
  const { measure, value, threshold, passed, unit } = measurement;
  if (!Number.isFinite(value)) {
    throw new NotFiniteError(`labResult: expected a finite value for ${JSON.stringify(measure)}, got ${String(value)}`);
  }
  const withUnit = (figure: number) => (unit === undefined ? formatNumber(figure) : `${formatNumber(figure)} ${unit}`);
  const heldAgainst = threshold === undefined ? '' : withUnit(threshold);
  const outcome = passed === undefined ? '' : passed ? 'passed' : 'failed';
  const notes = [heldAgainst && `threshold ${heldAgainst}`, outcome].filter(Boolean).join(', ');
  return shown(
    { ...measurement },
    {
      text: `${measure}: ${withUnit(value)}${notes && ` (${notes})`}`,
      html: htmlTable(
        ['measure', 'value', 'threshold', 'result'],
        [[measure, withUnit(value), heldAgainst || '–', outcome || '–']],
      ),
      mime: { [labResultMime]: { ...measurement } },
    },
  );
}
