import { spawn } from 'node:child_process';
import { describe, expect, onTestFinished, test } from 'vitest';
import { descendantsOf, listProcesses, parsePs } from '../../../../src/kernel/worker/interrupts/processes.ts';

const entry = (pid: number, parent: number) => ({ pid, parent, group: 1, state: 'S' });

describe('parsePs', () => {
  test('reads what `ps` of macOS prints', () => {
    expect(parsePs('    1     0     1 Ss  \n  412   1   412 S+\n 97 412 412 R<\n')).toEqual([
      { pid: 1, parent: 0, group: 1, state: 'S' },
      { pid: 412, parent: 1, group: 412, state: 'S' },
      { pid: 97, parent: 412, group: 412, state: 'R' },
    ]);
  });

  test('finds nothing in nothing', () => {
    expect(parsePs('')).toEqual([]);
  });
});

describe('descendantsOf', () => {
  test('finds children of children, and nobody else', () => {
    const processes = [entry(1, 0), entry(5, 1), entry(6, 1), entry(7, 5), entry(8, 7), entry(9, 6)];
    expect(descendantsOf(5, processes).map(({ pid }) => pid)).toEqual([7, 8]);
  });
});

describe.skipIf(process.platform === 'win32')('listProcesses', () => {
  test('lists this process and its child, the elder first', async () => {
    const child = spawn(process.execPath, ['-e', 'setTimeout(() => {}, 100_000)'], { stdio: 'ignore' });
    onTestFinished(() => void child.kill());
    const processes = await listProcesses();
    const family = processes.filter(({ pid }) => pid === process.pid || pid === child.pid);
    expect(family).toMatchObject([
      { pid: process.pid, parent: process.ppid },
      { pid: child.pid, parent: process.pid },
    ]);
  });
});
