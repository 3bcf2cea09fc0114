import { describe, expect, test, vi } from 'vitest';
import { CurrentCell } from '../../../src/kernel/runtime/current-cell.ts';
import { Output } from '../../../src/kernel/runtime/output.ts';
import type { FromRuntime } from '../../../src/kernel/thread-messages.ts';

function anOutput(): { output: Output; current: CurrentCell; posted: FromRuntime[] } {
  const posted: FromRuntime[] = [];
  const current = new CurrentCell();
  return { output: new Output((message) => void posted.push(message), current), current, posted };
}

describe('Output', () => {
  test('collects many small writes into few messages and loses nothing', () => {
    const { output, posted } = anOutput();
    const lines = Array.from({ length: 10_000 }, (_, index) => `line ${index}\n`);
    for (const line of lines) output.write('stdout', line, 1);
    output.flush();
    expect(posted.map((message) => (message.type === 'stream' ? message.text : '')).join('')).toBe(lines.join(''));
    expect(posted.length).toBeLessThan(1000);
  });

  test('keeps the order of streams, displays and clearing', () => {
    const { output, posted } = anOutput();
    output.write('stdout', 'a', 0);
    output.write('stderr', 'b', 0);
    output.display({ 'text/plain': 'c' });
    output.write('stdout', 'd', 0);
    output.clear(true);
    expect(
      posted.map((message) => (message.type === 'stream' ? `${message.name} ${message.text}` : message.type)),
    ).toEqual(['stdout a', 'stderr b', 'display', 'stdout d', 'clear']);
  });

  test('keeps the outputs of two cells apart', () => {
    const { output, posted } = anOutput();
    output.write('stdout', 'a', 1);
    output.write('stdout', 'b', 2);
    output.flush();
    expect(posted).toMatchObject([
      { cell: 1, text: 'a' },
      { cell: 2, text: 'b' },
    ]);
  });

  test('sends a few lines at once: the cell may compute for long behind them', () => {
    const { output, posted } = anOutput();
    output.write('stdout', 'a', 1);
    output.write('stdout', 'b', 1);
    expect(posted).toMatchObject([{ text: 'a' }, { text: 'b' }]);
  });

  test('sends what waits without being asked', async () => {
    const { output, posted } = anOutput();
    for (let i = 0; i < 1000; i++) output.write('stdout', 'a', 1);
    const length = () =>
      posted.reduce((sum, message) => sum + (message.type === 'stream' ? message.text.length : 0), 0);
    await vi.waitFor(() => expect(length()).toBe(1000));
  });

  test('sends at once what is long', () => {
    const { output, posted } = anOutput();
    output.write('stdout', 'x'.repeat(100_000), 1);
    expect(posted).toHaveLength(1);
  });

  test('puts characters together that come in pieces', () => {
    const { output, posted } = anOutput();
    const bytes = Buffer.from('é😀');
    for (const byte of bytes) output.write('stdout', Uint8Array.of(byte), 1);
    expect(posted).toMatchObject([{ text: 'é' }, { text: '😀' }]);
  });

  test('notes the cell when a value is displayed, not when it is ready', async () => {
    const { output, current, posted } = anOutput();
    current.run(1, () => output.display(Promise.resolve({ 'text/plain': 'a' }), 'id', true));
    current.run(2, () => undefined);
    await output.displayed(1);
    expect(posted).toEqual([
      { type: 'display', cell: 1, data: { 'text/plain': 'a' }, displayId: 'id', isUpdate: true },
    ]);
  });

  test('waits for the displays of the cell in question only', async () => {
    const { output, current } = anOutput();
    current.run(1, () => output.display(new Promise(() => {})));
    await expect(output.displayed(2)).resolves.toBeUndefined();
  });

  test('fails the cell whose value cannot show itself', async () => {
    const { output, current } = anOutput();
    current.run(1, () => output.display(Promise.reject(new Error('no picture'))));
    await expect(output.displayed(1)).rejects.toThrow('no picture');
  });
});
