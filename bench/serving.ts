import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import autocannon from 'autocannon';
import { loadIris } from 'labmill/data';
import { StandardScaler } from 'labmill/preprocessing';
import { LogisticRegression, Pipeline, saveModel } from 'labmill/training';
import { machine } from './support/machine.ts';
import { median } from './support/median.ts';
import { type ServingPeer, startServingPeers } from './support/serving-peers.ts';
import { printTable } from './support/table.ts';

/**
 * One validated row from 20 connections: `labmill serve`, bare Fastify, FastAPI with scikit-learn and with onnxruntime,
 * `mlflow models serve`. All run at the same time and are asked in turn; the first round warms them up and is left out.
 */
const rounds = Number(process.env['LABMILL_BENCH_ROUNDS'] ?? 5);
const seconds = Number(process.env['LABMILL_BENCH_SECONDS'] ?? 4);
const headers = { 'content-type': 'application/json' };

interface Answer {
  readonly predictions: readonly string[];
  readonly probabilities?: readonly Readonly<Record<string, number>>[];
}

async function load({ url, body, name }: ServingPeer): Promise<{ perSecond: number; p99: number }> {
  const result = await autocannon({ url, body, headers, method: 'POST', connections: 20, duration: seconds });
  const failed = result.errors + result.non2xx + result.timeouts;
  if (failed > 0) throw new Error(`${name}: expected answers of status 200, got ${failed} others`);
  return { perSecond: result.requests.average, p99: result.latency.p99 };
}

/** Throws unless the server says what our model says. Bare Fastify says the same to everyone. */
async function check({ url, body, name }: ServingPeer, expected: Answer): Promise<void> {
  const answer = (await (await fetch(url, { method: 'POST', headers, body })).json()) as Answer;
  const [ours, theirs] = [expected, answer].map(({ probabilities: [row] = [{}] }) => row!);
  const isClose = Object.entries(theirs!).every(([label, share]) => Math.abs(share - ours![label]!) < 1e-3);
  if (answer.predictions[0] === expected.predictions[0] && isClose) return;
  throw new Error(`${name}: expected ${JSON.stringify(expected)}, got ${JSON.stringify(answer)}`);
}

const { table, featureNames, y } = loadIris();
const X = table.select(featureNames);
const estimator = new LogisticRegression({ tol: 1e-8, maxIter: 1000 });
const model = new Pipeline({ steps: [new StandardScaler()], estimator }).fit(X, y);
const shares = [...model.predictProba(X.head(1)).data].map((share, k) => [estimator.classes[k], share] as const);
const expected = { predictions: [model.predict(X.head(1))[0] as string], probabilities: [Object.fromEntries(shares)] };

const folder = mkdtempSync(join(tmpdir(), 'labmill-bench-'));
try {
  const file = join(folder, 'iris.json');
  saveModel(file, model);
  using running = new DisposableStack();
  const peers = await startServingPeers(file, folder, X.head(1).records()[0]!);
  for (const peer of peers) running.use(peer);
  for (const peer of peers) await check(peer, expected);
  const figures = new Map(peers.map((peer) => [peer, [] as { perSecond: number; p99: number }[]]));
  for (let round = 0; round <= rounds; round++) {
    for (const peer of peers) {
      process.stderr.write(`round ${round} of ${rounds}: ${peer.name}\n`);
      figures.get(peer)!.push(await load(peer));
    }
  }
  const measured = (peer: ServingPeer) => figures.get(peer)!.slice(1);
  const perSecond = (peer: ServingPeer) => median(measured(peer).map((figure) => figure.perSecond));
  const ours = perSecond(peers.find(({ name }) => name === 'labmill')!);
  printTable(
    `One row, 20 connections: medians of ${rounds} rounds of ${seconds} s, in turn. ${machine()}`,
    ['server', 'requests/s', 'p99, ms', 'labmill / it'],
    peers.map((peer) => [
      peer.name,
      Math.round(perSecond(peer)).toLocaleString('en'),
      String(median(measured(peer).map(({ p99 }) => p99))),
      (ours / perSecond(peer)).toPrecision(2),
    ]),
  );
} finally {
  rmSync(folder, { recursive: true });
}
