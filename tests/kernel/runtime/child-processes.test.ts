import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { describe, expect, test, vi } from 'vitest';
import { ChildProcesses } from '../../../src/kernel/runtime/child-processes.ts';
import { CurrentCell } from '../../../src/kernel/runtime/current-cell.ts';
import { Output } from '../../../src/kernel/runtime/output.ts';
import { Shield } from '../../../src/kernel/shield.ts';
import type { FromRuntime } from '../../../src/kernel/thread-messages.ts';
import { isAlive } from '../../support/kernel-client.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const CELL = 7;

/** Children whose output is collected. */
function someChildren(): { children: ChildProcesses; printed: () => string } {
  const posted: FromRuntime[] = [];
  const output = new Output((message) => void posted.push(message), new CurrentCell());
  const printed = (): string => {
    return posted.map((message) => (message.type === 'stream' && message.cell === CELL ? message.text : '')).join('');
  };
  return { children: new ChildProcesses(output, new Shield()), printed };
}

/** Runs a script of Node. */
function runScript(script: string): { ended: Promise<number>; printed: () => string; children: ChildProcesses } {
  const { children, printed } = someChildren();
  return { ended: children.run(process.execPath, ['-e', script], { cell: CELL }), printed, children };
}

describe('a command', () => {
  test.each([
    [
      'a character in two pieces',
      'const b = Buffer.from("é"); process.stdout.write(b.subarray(0, 1)); setTimeout(() => process.stdout.write(b.subarray(1)), 50)',
      'é',
    ],
    ['half a character at its end', 'process.stdout.write(Buffer.from("aé").subarray(0, 2))', 'a\ufffd'],
    ['bytes that are no text', 'process.stdout.write(Buffer.from([0xff, 0, 0x61]))', '\ufffd\0a'],
    ['carriage returns', 'process.stdout.write("1%\\r2%\\r\\n")', '1%\r2%\r\n'],
    ['colours', 'process.stdout.write("\\x1b[31mred\\x1b[0m")', '\u001b[31mred\u001b[0m'],
  ])('prints %s', async (_what, script, text) => {
    const { ended, printed } = runScript(script);
    await ended;
    expect(printed()).toBe(text);
  });

  test('is seen while it runs', async () => {
    const { children, ended, printed } = runScript('console.log("begun"); setInterval(() => {}, 1000)');
    await vi.waitFor(() => expect(printed()).toBe('begun\n'));
    children.interrupt();
    expect(await ended).toBe(130);
  });

  test('prints all of much before it counts as ended', async () => {
    const { ended, printed } = runScript('process.stdout.write("x".repeat(5_000_000))');
    await ended;
    expect(printed()).toHaveLength(5_000_000);
  });

  test('that cannot be started fails', async () => {
    await expect(someChildren().children.run('/no/such/program', [], { cell: CELL })).rejects.toThrow('ENOENT');
  });
});

describe.skipIf(process.platform === 'win32')('what a command leaves in the background', () => {
  test.each(['', '>/dev/null 2>&1'])('is not waited for, and ends with the kernel (%s)', async (redirection) => {
    const { children } = someChildren();
    const note = join(temporaryFolder(), 'note');
    const script = `trap 'echo ended > "${note}"; exit' TERM; echo begun > "${note}"; while :; do sleep 0.02; done`;
    expect(await children.runLine(`( ${script} ) ${redirection} &`, { cell: CELL })).toBe(0);
    await vi.waitFor(() => expect(readFileSync(note, 'utf8')).toBe('begun\n'));
    children.signal('SIGTERM');
    await vi.waitFor(() => expect(readFileSync(note, 'utf8')).toBe('ended\n'));
  });

  test('prints into the cell that has started it', async () => {
    const { children, printed } = someChildren();
    await children.runLine('(sleep 0.2; echo late) &', { cell: CELL });
    expect(printed()).toBe('');
    await vi.waitFor(() => expect(printed()).toBe('late\n'));
  });

  test('is spared by an interrupt', async () => {
    const { children, printed } = someChildren();
    await children.runLine('sleep 60 & echo $!', { cell: CELL });
    children.interrupt();
    await wait(50);
    expect(isAlive(Number(printed()))).toBe(true);
    children.signal('SIGKILL');
  });
});
