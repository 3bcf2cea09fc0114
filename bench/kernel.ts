import { fileURLToPath } from 'node:url';
import { hotLoops, timeInModule } from './support/hot-loops.ts';
import { kernelPeers, type KernelPeer } from './support/kernel-peers.ts';
import {
  displays,
  everyday,
  growth,
  interrupts,
  lines,
  loops,
  type Note,
  type Trial,
} from './support/kernel-trials.ts';
import { machine } from './support/machine.ts';
import { median } from './support/median.ts';
import { printTable } from './support/table.ts';

/**
 * Our kernel, stock tslab and Deno, interleaved in one run: each trial starts one kernel of each, in each round.
 * Answers are compared: where a wrong or no one came, the table says so instead of a time.
 */
const rounds = Number(process.env['LABMILL_BENCH_ROUNDS'] ?? 7);
/** tslab needs `@types/node` to be resolvable from its working directory. */
const cwd = fileURLToPath(new URL('..', import.meta.url));
/** Each trial with the number of rounds that it is worth. */
const trials: ReadonlyArray<readonly [Trial, number]> = [
  [everyday, rounds],
  [growth, Math.min(rounds, 3)],
  [lines, Math.min(rounds, 2)],
  [displays, Math.min(rounds, 3)],
  [interrupts, Math.min(rounds, 5)],
  [loops, Math.min(rounds, 3)],
];

type Figures = Record<string, number[]>;

const peers = kernelPeers();
const all = new Map<KernelPeer, Figures>(peers.map((peer) => [peer, {}]));
const inModule: Figures = {};
console.log(machine());
for (const [trial, count] of trials) {
  for (let round = 1; round <= count; round++) {
    for (const peer of peers) {
      process.stderr.write(`round ${round} of ${count}: ${peer.name}\n`);
      const note: Note = (name, value) => (all.get(peer)![name] ??= []).push(value);
      await trial(peer, cwd, note);
    }
    if (trial === loops) timeModules();
  }
}

/** The same loops in modules, in the same round. */
function timeModules(): void {
  for (const loop of hotLoops) (inModule[loop.name] ??= []).push(timeInModule(loop));
}

const good = (values: readonly number[] | undefined): number[] => values?.filter((value) => !Number.isNaN(value)) ?? [];
const shown = (values: readonly number[] | undefined): string => {
  if (values === undefined) return '–';
  const failures = values.length - good(values).length;
  if (good(values).length === 0) return 'never';
  return `${median(good(values)).toPrecision(3)}${failures === 0 ? '' : ` (${failures} of ${values.length} failed)`}`;
};
const ratio = (ours: readonly number[] | undefined, theirs: readonly number[] | undefined): string => {
  const value = median(good(ours)) / median(good(theirs));
  return Number.isFinite(value) ? value.toPrecision(2) : '–';
};

const [ours, ...others] = peers.map((peer) => all.get(peer)!);
const rows = Object.keys(ours!);
printTable(
  `kernels: medians of up to ${rounds} rounds`,
  ['', ...peers.map(({ name }) => name), ...peers.slice(1).map(({ name }) => `labmill / ${name}`)],
  rows.map((name) => [
    name,
    ...peers.map((peer) => shown(all.get(peer)![name])),
    ...others.map((other) => ratio(ours![name], other[name])),
  ]),
);
printTable(
  'loops: a cell of ours against a module',
  ['', 'module, ms', 'labmill, ms', 'labmill / module'],
  hotLoops.map(({ name }) => {
    const cell = ours![`loop: ${name}, ms`];
    return [name, shown(inModule[name]), shown(cell), ratio(cell, inModule[name])];
  }),
);
