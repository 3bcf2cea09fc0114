/**
 * Measures how often the checks are wrong, on data whose truth is known, and prints the tables of docs/testing.md.
 *
 *     node bench/error-rates.ts [trials, default 4000]
 */
import { random, type Random } from 'labmill';
import { type CheckResult, holdQualityCheck, type Metric, scoreInterval, stableResidualsCheck } from 'labmill/testing';

const trials = Number(process.argv[2] ?? 4000);
const randomState = 20_261_121;
const sizes = [30, 100, 500];

/** Errors with mean 0 and variance 1, given the input x, uniform on 0–10. */
const errors: Record<string, (rng: Random, x: number) => number> = {
  Gaussian: (rng) => rng.normal(),
  Laplace: (rng) => (Math.sign(rng.uniform(-1, 1)) * -Math.log(1 - rng.uniform())) / Math.SQRT2,
  t5: (rng) => rng.normal() / Math.sqrt(chiSquare(rng, 5) / 5) / Math.sqrt(5 / 3),
  heteroscedastic: (rng, x) => (rng.normal() * (0.2 + 0.3 * x)) / Math.sqrt(3.64),
};

function chiSquare(rng: Random, df: number): number {
  return Array.from({ length: df }, () => rng.normal() ** 2).reduce((a, b) => a + b);
}

/** The model knows the truth, y = slope · x, so every error is the data's. */
function model(slope: number) {
  return { predict: (X: unknown) => (X as number[][]).map(([x]) => slope * x!) };
}

interface Noise {
  readonly factor?: number;
  readonly outliers?: number;
}

function sample(rng: Random, n: number, kind: string, slope: number, { factor = 1, outliers = 0 }: Noise = {}) {
  const X = Array.from({ length: n }, () => [rng.uniform(0, 10)]);
  const y = X.map(([x]) => {
    const scale = rng.uniform() < outliers ? 10 : factor;
    return slope * x! + scale * errors[kind]!(rng, x!);
  });
  return { X, y };
}

/** Returns the percentages of `fail` and `inconclusive`, as a cell of a table; each cell has the same seed. */
async function verdicts(check: (rng: Random) => Promise<CheckResult>): Promise<string> {
  const rng = random(randomState);
  const counts = { pass: 0, fail: 0, inconclusive: 0 };
  for (let i = 0; i < trials; i++) counts[(await check(rng)).verdict]++;
  return `${percent(counts.fail)} / ${percent(counts.inconclusive)}`;
}

function percent(count: number): string {
  return ((100 * count) / trials).toFixed(1);
}

async function printTable(title: string, head: string[], cell: (kind: string, n: number) => Promise<string[]>) {
  console.log(`\n${title}\n\n| errors | n | ${head.join(' | ')} |\n|---|---|${'---|'.repeat(head.length)}`);
  for (const kind of Object.keys(errors)) {
    for (const n of sizes) console.log(`| ${kind} | ${n} | ${(await cell(kind, n)).join(' | ')} |`);
  }
}

/** Returns the percentages of intervals that lie above and below the true value. */
function misses(metric: Metric, truth: number, draw: (rng: Random) => { y: number[]; predicted: number[] }): string {
  const rng = random(randomState);
  let above = 0;
  let below = 0;
  for (let i = 0; i < trials; i++) {
    const { y, predicted } = draw(rng);
    const { ci } = scoreInterval(metric, y, predicted, 0.95);
    if (ci[0] > truth) above++;
    if (ci[1] < truth) below++;
  }
  return `${percent(above)} / ${percent(below)}`;
}

console.log(`${trials} trials per cell`);

await printTable(
  'stableResidualsCheck, % fail / % inconclusive',
  ['clean', 'label noise × 2', '5 % label outliers'],
  (kind, n) =>
    Promise.all(
      [{}, { factor: 2 }, { outliers: 0.05 }].map((noise) =>
        verdicts((rng) =>
          stableResidualsCheck(model(3), { from: sample(rng, n, kind, 3), to: sample(rng, n, kind, 3, noise) }),
        ),
      ),
    ),
);

await printTable(
  'holdQualityCheck of r2, maxDrop 0.05, % fail / % inconclusive',
  ['clean, R² 0.99', 'label noise × 5, R² 0.99', 'clean, R² 0.5', 'label noise × 2, R² 0.5'],
  (kind, n) =>
    Promise.all(
      [
        { slope: 3, factor: 1 },
        { slope: 3, factor: 5 },
        { slope: 0.35, factor: 1 },
        { slope: 0.35, factor: 2 },
      ].map(({ slope, factor }) =>
        verdicts((rng) =>
          holdQualityCheck(model(slope), {
            metric: 'r2',
            from: sample(rng, n, kind, slope),
            to: sample(rng, n, kind, slope, { factor }),
            maxDrop: 0.05,
          }),
        ),
      ),
    ),
);

await printTable(
  'scoreInterval at 0.95, % of intervals above / below the truth (2.5 / 2.5 expected)',
  ['r2 0.99', 'r2 0.5', 'rmse'],
  async (kind, n) => {
    const draw = (slope: number) => (rng: Random) => {
      const { X, y } = sample(rng, n, kind, slope);
      return { y, predicted: model(slope).predict(X) };
    };
    const trueR2 = (slope: number) => 1 - 1 / ((slope ** 2 * 100) / 12 + 1);
    return [misses('r2', trueR2(3), draw(3)), misses('r2', trueR2(0.35), draw(0.35)), misses('rmse', 1, draw(3))];
  },
);

console.log('\nscoreInterval at 0.95 of labels, % above / below the truth\n');
console.log('| n | accuracy 0.9 | macro F1 0.85, three classes |\n|---|---|---|');
for (const n of sizes) {
  const labels = (classes: number, right: number) => (rng: Random) => {
    const y = Array.from({ length: n }, () => rng.integer(0, classes));
    const predicted = y.map((label) => (rng.uniform() < right ? label : (label + rng.integer(1, classes)) % classes));
    return { y, predicted };
  };
  const cells = [misses('accuracy', 0.9, labels(2, 0.9)), misses('f1', 0.85, labels(3, 0.85))];
  console.log(`| ${n} | ${cells.join(' | ')} |`);
}
