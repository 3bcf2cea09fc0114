import { hostname } from 'node:os';
import { describe, expect, test } from 'vitest';
import { usageMeter } from '../../../src/kernel/worker/usage.ts';

// The fields are ipykernel's.
describe('usageMeter', () => {
  test('tells what the kernel and its machine use', () => {
    const usage = usageMeter()();
    expect(usage).toMatchObject({ hostname: hostname(), pid: process.pid, kernel_cpu: 0 });
    expect(usage['kernel_memory']).toBeGreaterThan(1e6);
    expect(usage['cpu_count']).toBeGreaterThanOrEqual(1);
    expect(Object.keys(usage['host_virtual_memory'] as object)).toEqual([
      'total',
      'available',
      'used',
      'free',
      'percent',
    ]);
  });

  test('tells percentages from the second time on', () => {
    const usage = usageMeter();
    expect(usage()).not.toHaveProperty('host_cpu_percent');
    const until = performance.now() + 50;
    while (performance.now() < until);
    const { kernel_cpu, host_cpu_percent } = usage();
    expect(kernel_cpu).toBeGreaterThan(0);
    expect(host_cpu_percent).toBeGreaterThanOrEqual(0);
    expect(host_cpu_percent).toBeLessThanOrEqual(100);
  });
});
