import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A loop that takes long enough to be compiled by V8, and the expression that tells its result. */
export interface HotLoop {
  readonly name: string;
  readonly code: string;
  readonly result: string;
  /** What it must be: the sums in closed form. */
  readonly answer: number;
}

/** What people write in cells: all names at the top level. */
export const hotLoops: readonly HotLoop[] = [
  {
    name: 'a sum',
    code: 'let sum = 0; for (let i = 0; i < 5e7; i++) sum += i * 0.5;',
    result: 'sum',
    answer: 624999987500000,
  },
  {
    name: 'a sum of an array',
    code: 'let sum = 0; const values = new Float64Array(1e6).fill(1.5); for (let k = 0; k < 50; k++) for (let i = 0; i < values.length; i++) sum += values[i];',
    result: 'sum',
    answer: 75000000,
  },
  {
    name: 'while, two counters',
    code: 'let sum = 0; let i = 0; while (i < 5e7) { sum += i * 0.5; i++; }',
    result: 'sum',
    answer: 624999987500000,
  },
  {
    name: 'a matrix product',
    code: 'const n = 300; const a = Array.from({ length: n * n }, (_, i) => i * 0.5); const b = a.map((x) => x + 1); const c = new Array(n * n).fill(0); for (let i = 0; i < n; i++) for (let j = 0; j < n; j++) { let s = 0; for (let k = 0; k < n; k++) s += a[i * n + k] * b[k * n + j]; c[i * n + j] = s; }',
    result: 'c[12345]',
    answer: 42089638237.5,
  },
  {
    name: 'calls of a function',
    code: 'let count = 0; function step(x) { count += x * 0.5; return count; } for (let i = 0; i < 3e7; i++) step(i);',
    result: 'count',
    answer: 224999992500000,
  },
  {
    name: 'objects of a class',
    code: 'class P { constructor(x) { this.x = x; } add(o) { return new P(this.x + o.x); } } let p = new P(0); const q = new P(0.5); for (let i = 0; i < 2e7; i++) p = p.add(q);',
    result: 'p.x',
    answer: 10000000,
  },
  {
    name: 'callbacks',
    code: 'let t = 0; const xs = Array.from({ length: 1e6 }, (_, i) => i); for (let k = 0; k < 10; k++) xs.forEach((x) => { t += x * 0.5; });',
    result: 't',
    answer: 2499997500000,
  },
  {
    name: 'characters of a string',
    code: 'let s = 0; const w = "lorem ipsum dolor".repeat(1000); for (let k = 0; k < 200; k++) for (let i = 0; i < w.length; i++) { if (w[i] === "o") s++; }',
    result: 's',
    answer: 600000,
  },
];

/** Returns code that runs a loop and prints how long it took and what came of it. */
export function timed({ code, result }: HotLoop): string {
  return `let began = performance.now();\n${code}\nconsole.log(performance.now() - began, ${result});`;
}

/** Returns the time that `timed` has printed; NaN when the result is wrong. */
export function timeOf({ answer }: HotLoop, printed: string): number {
  const [ms, result] = printed
    .replaceAll(/\u001B\[\d+m/g, '')
    .split(' ')
    .map(Number);
  return result === answer ? ms! : NaN;
}

/** Returns how long a loop takes in a module of its own, in a fresh process of this Node, in milliseconds. */
export function timeInModule(loop: HotLoop): number {
  const folder = mkdtempSync(join(tmpdir(), 'labmill-bench-'));
  try {
    const file = join(folder, 'loop.mjs');
    writeFileSync(file, timed(loop));
    return timeOf(loop, spawnSync(process.execPath, [file], { encoding: 'utf8' }).stdout);
  } finally {
    rmSync(folder, { recursive: true });
  }
}
