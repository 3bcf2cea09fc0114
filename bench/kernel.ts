import { fileURLToPath } from 'node:url';
import { setTimeout as wait } from 'node:timers/promises';
import { BenchKernel } from './support/bench-kernel.ts';
import { kernelPeers, type KernelPeer } from './support/kernel-peers.ts';
import { machine } from './support/machine.ts';
import { median } from './support/median.ts';
import { printTable } from './support/table.ts';

/**
 * Our kernel, stock tslab and Deno, interleaved in one run: each round starts one kernel of each and measures
 * everything on it. Answers are compared: a wrong or missing one is printed instead of a time.
 */
const rounds = Number(process.env['LABMILL_BENCH_ROUNDS'] ?? 7);
/** tslab needs `@types/node` to be resolvable from its working directory. */
const cwd = fileURLToPath(new URL('..', import.meta.url));

type Figures = Record<string, number[]>;
const warmCells = 100;
const lineCount = 10_000;

type Note = (name: string, value: number) => void;

async function measure(peer: KernelPeer, note: Note): Promise<void> {
  const kernel = await BenchKernel.start(peer, cwd);
  try {
    note('start to kernel_info_reply, ms', kernel.startMs);
    await wait(500);
    note('first cell, ms', answered(await kernel.execute('let n: number = 40; n + 2'), '42'));
    for (let i = 0; i < warmCells; i++)
      note('warm cell, ms', answered(await kernel.execute(`let x = ${i}; x + 1`), String(i + 1)));
    for (let i = 0; i < 20; i++) {
      const exchange = await kernel.execute(`class A { value() { return ${i}; } }\nnew A().value()`);
      note('class declared again, ms', answered(exchange, String(i)));
    }
    await wait(1000);
    note('idle memory, MB', kernel.residentMegabytes());
    const lines = await kernel.execute(`for (let i = 0; i < ${lineCount}; i++) console.log('line ' + i)`, 1500);
    const text = lines.outputs.map((output) => output.text).join('');
    const isWhole = text.includes(`line ${lineCount - 1}\n`) && text.split('\n').length === lineCount + 1;
    note('10k lines: the last one, ms', isWhole ? lines.outputs.at(-1)!.atMs : NaN);
    note('10k lines: received', text.split('\n').length - 1);
    note('10k lines: messages after idle', lines.outputs.filter((output) => output.isAfterIdle).length);
  } finally {
    kernel.stop();
  }
}

/** In kernels of their own: some do not live through these. */
async function measureRough(peer: KernelPeer, note: Note): Promise<void> {
  const large = await BenchKernel.start(peer, cwd);
  await wait(500);
  await large.execute("const text = 'x'.repeat(10 * 1024 * 1024)");
  const { outputs } = await large.execute(peer.display, 1500);
  const shown = outputs.find((output) => output.type === 'display_data');
  note('10 MB display, ms', shown?.text.length === 10 * 1024 * 1024 ? shown.atMs : NaN);
  large.stop();

  const waiting = await BenchKernel.start(peer, cwd);
  await wait(500);
  await waiting.execute('1');
  note('interrupt a loop, ms', await waiting.interrupt('while (true) {}'));
  // tslab drops what comes within 200 ms of an error.
  await wait(500);
  note('next cell after it, ms', answered(await waiting.execute('1 + 1'), '2'));
  const pending = 'await new Promise((resolve) => setTimeout(resolve, 30_000))';
  note('interrupt an await, ms', await waiting.interrupt(pending));
  waiting.stop();
}

/** The time until the reply, when the answer is the expected one; tslab prints results to stdout. */
function answered({ replyMs, outputs }: Awaited<ReturnType<BenchKernel['execute']>>, expected: string): number {
  return outputs.some((output) => output.text.replaceAll(/\u001B\[\d+m/g, '').trim() === expected) ? replyMs : NaN;
}

const peers = kernelPeers();
const all = new Map<KernelPeer, Figures>(peers.map((peer) => [peer, {}]));
console.log(machine());
for (let round = 1; round <= rounds; round++) {
  for (const peer of peers) {
    process.stderr.write(`round ${round} of ${rounds}: ${peer.name}\n`);
    const note: Note = (name, value) => (all.get(peer)![name] ??= []).push(value);
    await measure(peer, note);
    if (round <= 3) await measureRough(peer, note);
  }
}

const [ours, ...others] = peers.map((peer) => all.get(peer)!);
const shown = (values: number[] | undefined): string => {
  const good = values?.filter((value) => !Number.isNaN(value)) ?? [];
  const failures = (values?.length ?? 0) - good.length;
  if (good.length === 0) return 'never';
  return `${median(good).toPrecision(3)}${failures === 0 ? '' : ` (${failures} of ${values!.length} failed)`}`;
};
const ratio = (name: string, other: Figures): string => {
  const value =
    median((ours![name] ?? []).filter((one) => !Number.isNaN(one))) /
    median((other[name] ?? []).filter((one) => !Number.isNaN(one)));
  return Number.isFinite(value) ? value.toFixed(3) : '–';
};
printTable(
  `kernels: medians of ${rounds} rounds`,
  ['', ...peers.map(({ name }) => name), ...peers.slice(1).map(({ name }) => `labmill / ${name}`)],
  Object.keys(ours!).map((name) => [
    name,
    ...peers.map((peer) => shown(all.get(peer)![name])),
    ...others.map((other) => ratio(name, other)),
  ]),
);
