import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { random } from 'labmill';
import { loadIris } from 'labmill/data';
import { LinearRegression, LogisticRegression } from 'labmill/training';
import { machine } from './support/machine.ts';
import { median } from './support/median.ts';
import { type PeerAnswer, peerPython, startSklearnPeer } from './support/sklearn-peer.ts';
import { printTable } from './support/table.ts';

/**
 * Least squares on 1,000,000 × 10 and logistic regression on iris, ours and scikit-learn's in turn on the same data.
 * What both learned is compared before any time is printed.
 *
 * The first round of each is left out: it holds our compiler's warm-up and the peer's thread start.
 */
const rounds = Number(process.env['LABMILL_BENCH_ROUNDS'] ?? 9);
const rows = 1_000_000;
const columns = 10;

const data = makeData();
const iris = loadIris();

function makeData() {
  const rng = random(42);
  const X = Float64Array.from({ length: rows * columns }, () => rng.normal());
  const y = new Float64Array(rows);
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < columns; j++) y[i]! += X[i * columns + j]! * (j - 4.5);
    y[i]! += 3 + rng.normal();
  }
  return { X: { data: X, rows, columns }, y };
}

function linear(): PeerAnswer {
  const start = performance.now();
  const model = new LinearRegression().fit(data.X, data.y);
  return { ms: performance.now() - start, weights: [...model.coef, model.intercept] };
}

function logistic(): PeerAnswer {
  const start = performance.now();
  const model = new LogisticRegression({ tol: 1e-8, maxIter: 1000 }).fit(iris.X, iris.y);
  const ms = performance.now() - start;
  const { data: probabilities, columns: classes } = model.predictProba(iris.X);
  const coef = model.coef.flatMap((row) => [...row]);
  const losses = iris.y.map((label, i) => -Math.log(probabilities[i * classes + model.classes.indexOf(label)]!));
  const loss = sum(losses) + sum(coef.map((weight) => weight ** 2)) / 2;
  return { ms, loss, weights: [...coef, ...model.intercept] };
}

function sum(values: readonly number[]): number {
  return values.reduce((a, b) => a + b, 0);
}

/** Returns the largest difference of what was learned; throws when it is not the same answer. */
function difference(ours: PeerAnswer, theirs: PeerAnswer, tolerance: number): number {
  const largest = Math.max(...ours.weights.map((weight, i) => Math.abs(weight - theirs.weights[i]!)));
  const lossRatio = Math.abs((ours.loss ?? 1) / (theirs.loss ?? 1) - 1);
  if (largest <= tolerance && lossRatio < 5e-7) return largest;
  throw new Error(`different answers: ${JSON.stringify({ ours, theirs })}`);
}

async function compare(ask: (task: 'linear' | 'logistic') => Promise<PeerAnswer>, version: string): Promise<void> {
  const tasks = [
    { task: 'linear', name: `least squares, ${rows.toLocaleString('en')} × ${columns}`, fit: linear, tolerance: 1e-9 },
    { task: 'logistic', name: 'logistic, iris, tol 1e-8', fit: logistic, tolerance: 1e-4 },
  ] as const;
  const table: string[][] = [];
  for (const { task, name, fit, tolerance } of tasks) {
    const times: { ours: number; theirs: number }[] = [];
    let largest = 0;
    for (let round = 0; round <= rounds; round++) {
      const ours = fit();
      const theirs = await ask(task);
      largest = Math.max(largest, difference(ours, theirs, tolerance));
      if (round > 0) times.push({ ours: ours.ms, theirs: theirs.ms });
    }
    const ours = median(times.map((time) => time.ours));
    const theirs = median(times.map((time) => time.theirs));
    const loss = fit().loss?.toFixed(6) ?? '-';
    table.push([name, ours.toFixed(1), theirs.toFixed(1), (theirs / ours).toFixed(2), largest.toExponential(1), loss]);
  }
  const title = `Medians of ${rounds} rounds, in turn. ${version}. ${machine()}`;
  printTable(title, ['fit', 'labmill, ms', 'scikit-learn, ms', 'times faster', 'largest difference', 'loss'], table);
}

const python = peerPython();
if (python === undefined) {
  console.log('bench linear: skipped, no Python with scikit-learn: set LABMILL_PYTHON or make .venv');
} else {
  const folder = mkdtempSync(join(tmpdir(), 'labmill-bench-'));
  try {
    const file = join(folder, 'data.f64');
    writeFileSync(file, new Uint8Array(data.X.data.buffer));
    writeFileSync(file, new Uint8Array(data.y.buffer), { flag: 'a' });
    using peer = await startSklearnPeer(python, file, [rows, columns]);
    await compare((task) => peer.ask(task), peer.version);
  } finally {
    rmSync(folder, { recursive: true });
  }
}
