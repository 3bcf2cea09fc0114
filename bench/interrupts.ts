import { endlessCells } from '../tests/support/interrupt-cases.ts';
import { BenchKernel } from './support/bench-kernel.ts';
import { kernelPeers } from './support/kernel-peers.ts';
import { machine } from './support/machine.ts';
import { median } from './support/median.ts';
import { printTable } from './support/table.ts';

/**
 * How long our kernel takes to answer for a cell that never ends, from the request to interrupt it; the next cell must work.
 * The others hang on most of these (`bench/kernel.ts` has two that they share).
 */
const rounds = Number(process.env['LABMILL_BENCH_ROUNDS'] ?? 5);
const [ours] = kernelPeers();
const cells = [
  // This client takes no questions.
  ...endlessCells.filter(([, code]) => !code.includes('input(')),
  [
    'a native call: structuredClone of two million objects',
    'const big = Array.from({ length: 2e6 }, (_, i) => ({ i })); for (;;) structuredClone(big)',
  ] as const,
];

console.log(machine());
const rows: Array<readonly [what: string, ms: number]> = [];
for (const [what, code] of cells) {
  process.stderr.write(`${what}\n`);
  const times: number[] = [];
  for (let round = 0; round < rounds; round++) times.push(await interrupted(code));
  rows.push([what, median(times)]);
}
printTable(
  `interrupts: medians of ${rounds}`,
  ['', 'labmill, ms'],
  rows.toSorted(([, a], [, b]) => b - a).map(([what, ms]) => [what, Number.isNaN(ms) ? 'never' : ms.toFixed(0)]),
);

/** A kernel for each: what one cell leaves behind must not spoil the next. */
async function interrupted(code: string): Promise<number> {
  const kernel = await BenchKernel.start(ours!, process.cwd());
  try {
    await kernel.execute('1');
    const ms = await kernel.interrupt(code);
    const { outputs } = await kernel.execute('6 * 7');
    return outputs[0]?.text === '42' ? ms : NaN;
  } finally {
    kernel.stop();
  }
}
