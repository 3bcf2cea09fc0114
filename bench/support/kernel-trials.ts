import { setTimeout as wait } from 'node:timers/promises';
import { BenchKernel, type Exchange } from './bench-kernel.ts';
import { hotLoops, timed, timeOf } from './hot-loops.ts';
import type { KernelPeer } from './kernel-peers.ts';
import { median } from './median.ts';

/** Takes down one figure; NaN stands for an answer that was wrong or did not come. */
export type Note = (name: string, value: number) => void;

/** Something that is measured on a kernel of its own, lest one trial spoils the next. */
export type Trial = (peer: KernelPeer, cwd: string, note: Note) => Promise<void>;

const settleMs = 500;
const warmCells = 100;
const megabyte = 1024 * 1024;

/** Start, first cell, warm cells, memory. */
export const everyday: Trial = (peer, cwd, note) =>
  withKernel(peer, cwd, async (kernel) => {
    note('start to kernel_info_reply, ms', kernel.startMs);
    note('first cell, ms', answered(await kernel.execute('let n: number = 40; n + 2'), '42'));
    for (let i = 0; i < warmCells; i++)
      note('warm cell, ms', answered(await kernel.execute(`let x = ${i}; x + 1`), String(i + 1)));
    for (let i = 0; i < 20; i++) {
      const exchange = await kernel.execute(`class A { value() { return ${i}; } }\nnew A().value()`);
      note('class declared again, ms', answered(exchange, String(i)));
    }
    await wait(2 * settleMs);
    note('idle memory, MB', kernel.residentMegabytes());
  });

/** A notebook of 200 cells, each with names of its own that the next one uses. */
export const growth: Trial = (peer, cwd, note) =>
  withKernel(peer, cwd, async (kernel) => {
    const times: number[] = [];
    await kernel.execute('function step0(n: number) { return n } let total0 = 0');
    for (let i = 1; i <= 200; i++) {
      const code = [
        `function step${i}(n: number) { return step${i - 1}(n) + 1 }`,
        `let values${i} = [1, 2, 3].map((value) => value * ${i})`,
        `let total${i} = total${i - 1} + values${i}.length`,
        `total${i}`,
      ];
      times.push(answered(await kernel.execute(code.join('\n')), String(3 * i)));
    }
    note('cells 11–30 of 200, ms', median(times.slice(10, 30)));
    note('cells 181–200 of 200, ms', median(times.slice(180, 200)));
  });

/** Ten thousand lines, then a hundred thousand. */
export const lines: Trial = async (peer, cwd, note) => {
  for (const [name, count, patienceMs] of [
    ['10k lines', 10_000, 10_000],
    ['100k lines', 100_000, 60_000],
  ] as const) {
    await withKernel(peer, cwd, async (kernel) => {
      await kernel.execute('1');
      const code = `for (let i = 0; i < ${count}; i++) console.log('line ' + i)`;
      const { outputs } = await kernel.execute(code, 3 * settleMs, patienceMs);
      const text = outputs.map((output) => output.text).join('');
      const isWhole = text.includes(`line ${count - 1}\n`) && text.split('\n').length === count + 1;
      note(`${name}: the last one, ms`, isWhole ? outputs.at(-1)!.atMs : NaN);
      note(`${name}: received`, text.split('\n').length - 1);
      note(`${name}: messages after idle`, outputs.filter((output) => output.isAfterIdle).length);
    });
  }
};

/** Large displays. */
export const displays: Trial = async (peer, cwd, note) => {
  for (const megabytes of [10, 100]) {
    await withKernel(peer, cwd, async (kernel) => {
      await kernel.execute(`const text = 'x'.repeat(${megabytes} * ${megabyte})`);
      const { outputs } = await kernel.execute(peer.display, 3 * settleMs);
      const shown = outputs.find((output) => output.type === 'display_data');
      note(`${megabytes} MB display, ms`, shown?.text.length === megabytes * megabyte ? shown.atMs : NaN);
    });
  }
};

/** Interrupts of what computes and of what waits. */
export const interrupts: Trial = (peer, cwd, note) =>
  withKernel(peer, cwd, async (kernel) => {
    await kernel.execute('1');
    note('interrupt a loop, ms', await kernel.interrupt('while (true) {}'));
    // tslab drops what comes within 200 ms of an error.
    await wait(settleMs);
    note('next cell after it, ms', answered(await kernel.execute('1 + 1'), '2'));
    const pending = 'await new Promise((resolve) => setTimeout(resolve, 30_000))';
    note('interrupt an await, ms', await kernel.interrupt(pending));
  });

/** Loops in cells, as they print how long they took. */
export const loops: Trial = (peer, cwd, note) =>
  withKernel(peer, cwd, async (kernel) => {
    for (const loop of hotLoops) {
      const { outputs } = await kernel.execute(timed(loop));
      const ms = timeOf(loop, outputs[0]?.text ?? '');
      note(`loop: ${loop.name}, ms`, ms);
      // It still runs.
      if (Number.isNaN(ms)) return;
    }
  });

async function withKernel(peer: KernelPeer, cwd: string, work: (kernel: BenchKernel) => Promise<void>): Promise<void> {
  const kernel = await BenchKernel.start(peer, cwd);
  try {
    await wait(settleMs);
    await work(kernel);
  } finally {
    kernel.stop();
  }
}

/** The time until the reply, when the answer is the expected one; tslab prints results to stdout. */
function answered({ replyMs, outputs }: Exchange, expected: string): number {
  return outputs.some((output) => output.text.replaceAll(/\u001B\[\d+m/g, '').trim() === expected) ? replyMs : NaN;
}
