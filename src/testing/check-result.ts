import { formatNumber, htmlTable, shown, type Shown, textTable } from './show.ts';

/** How a check ends. `inconclusive`: the data cannot decide, usually because there are too few rows. */
export type Verdict = 'pass' | 'fail' | 'inconclusive';

/** A lower and an upper confidence bound. */
export type Interval = readonly [low: number, high: number];

/** What a check found. */
export interface CheckFindings {
  /** The check's name: `"score"`, `"hold quality"` or `"stable residuals"`. */
  readonly check: string;
  /** What `value` is, such as `"r2"` or `"drop of r2"`. */
  readonly measure: string;
  /** The name of the data set that was judged, when it has one. */
  readonly data?: string;
  readonly value: number;
  /** The confidence interval of `value`. */
  readonly ci: Interval;
  /** The value at which the verdict turns. */
  readonly threshold: number;
  /** Whether `value` should be at least (`min`) or at most (`max`) the threshold. */
  readonly bound: 'min' | 'max';
  /** The rows of the data set that was judged. */
  readonly n: number;
  readonly verdict: Verdict;
  /** Why the verdict is what it is, with the likely cause when it is not `pass`. */
  readonly reason: string;
}

/** The result of a check; `passed` is true for the verdict `pass` only. Shows itself in a notebook. */
export type CheckResult = CheckFindings & { readonly passed: boolean } & Shown;

/** Returns the findings as a result that shows itself. */
export function checkResult(findings: CheckFindings): CheckResult {
  const result = { ...findings, passed: findings.verdict === 'pass' };
  return shown(result, { text: describeResult(result), html: htmlTable(tableHead, [tableRow(result)]) });
}

/** Returns one paragraph: verdict, value, interval, n, threshold and the reason. */
export function describeResult(result: CheckFindings): string {
  const { check, data, measure, value, verdict, n, reason } = result;
  const where = data === undefined ? '' : ` on ${JSON.stringify(data)}`;
  return (
    `${check}${where}: ${verdict}\n` +
    `  ${measure} = ${formatNumber(value)}, interval ${formatInterval(result.ci)}, n = ${n}, threshold ${formatThreshold(result)}\n` +
    `  ${reason}`
  );
}

/** Several check results as one value, to end a notebook cell with. */
export interface VerdictTable extends Shown {
  readonly results: readonly CheckResult[];
  /** Whether every check passed. */
  readonly passed: boolean;
}

/** Returns a value that shows `results` as one table, a row each, in a notebook and in `util.inspect`. */
export function verdictTable(results: readonly CheckResult[]): VerdictTable {
  const rows = results.map(tableRow);
  return shown(
    { results, passed: results.every((result) => result.passed) },
    { text: textTable(tableHead, rows), html: htmlTable(tableHead, rows) },
  );
}

const tableHead = ['data', 'check', 'measure', 'value', 'interval', 'threshold', 'n', 'verdict'];

function tableRow(result: CheckFindings): (string | number)[] {
  return [
    result.data ?? '–',
    result.check,
    result.measure,
    formatNumber(result.value),
    formatInterval(result.ci),
    formatThreshold(result),
    result.n,
    result.verdict,
  ];
}

function formatInterval([low, high]: Interval): string {
  return `[${formatNumber(low)}, ${formatNumber(high)}]`;
}

function formatThreshold({ bound, threshold }: CheckFindings): string {
  return `${bound === 'min' ? '≥' : '≤'} ${formatNumber(threshold)}`;
}
