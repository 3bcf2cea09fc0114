import { cpus, freemem, hostname, totalmem } from 'node:os';

/** What has been used up to a moment. */
interface Reading {
  readonly timeMs: number;
  /** By the kernel, in microseconds. */
  readonly kernelCpu: number;
  /** By the whole machine, in milliseconds of all its processors. */
  readonly hostBusy: number;
  readonly hostTotal: number;
}

/**
 * Returns a function that answers `usage_request` with ipykernel's fields: `kernel_cpu` and `host_cpu_percent` are percentages
 * since the call before (the first has none of the host), 100 being one processor and the whole machine; memory is in bytes.
 */
export function usageMeter(): () => Record<string, unknown> {
  let before: Reading | undefined;
  return () => {
    const now = read();
    const since = before;
    before = now;
    const total = totalmem();
    const available = freemem();
    return {
      hostname: hostname(),
      pid: process.pid,
      kernel_cpu:
        since === undefined ? 0 : percent((now.kernelCpu - since.kernelCpu) / 1000, now.timeMs - since.timeMs),
      kernel_memory: process.memoryUsage.rss(),
      ...(since === undefined
        ? {}
        : { host_cpu_percent: percent(now.hostBusy - since.hostBusy, now.hostTotal - since.hostTotal) }),
      cpu_count: cpus().length,
      host_virtual_memory: {
        total,
        available,
        used: total - available,
        free: available,
        percent: percent(total - available, total),
      },
    };
  };
}

function read(): Reading {
  const { user, system } = process.cpuUsage();
  const times = cpus().map((cpu) => cpu.times);
  const hostTotal = sum(times.flatMap((time) => Object.values(time)));
  const hostBusy = hostTotal - sum(times.map(({ idle }) => idle));
  return { timeMs: performance.now(), kernelCpu: user + system, hostBusy, hostTotal };
}

function percent(part: number, whole: number): number {
  return whole <= 0 ? 0 : Math.round((1000 * part) / whole) / 10;
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
