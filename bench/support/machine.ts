import { cpus, loadavg, totalmem } from 'node:os';

/** Returns what a figure must be read with: processor, memory, load, Node and date. */
export function machine(): string {
  const [cpu] = cpus();
  const load = loadavg()[0]!.toFixed(2);
  const memory = Math.round(totalmem() / 2 ** 30);
  return `${cpus().length} × ${cpu?.model ?? 'unknown'}, ${memory} GiB, load ${load}, Node ${process.versions.node}, ${new Date().toISOString().slice(0, 10)}`;
}
