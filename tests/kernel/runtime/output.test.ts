import { describe, expect, test, vi } from 'vitest';
import { CurrentCell } from '../../../src/kernel/runtime/current-cell.ts';
import { Output } from '../../../src/kernel/runtime/output.ts';
import { OutputLimit } from '../../../src/kernel/runtime/output-limit.ts';
import type { TakeText } from '../../../src/kernel/text-ring.ts';
import type { FromRuntime } from '../../../src/kernel/thread-messages.ts';

function anOutput(megabytes?: string): { output: Output; current: CurrentCell; posted: FromRuntime[] } {
  const posted: FromRuntime[] = [];
  const current = new CurrentCell();
  const limit = new OutputLimit(megabytes);
  return { output: new Output((message) => void posted.push(message), current, { limit }), current, posted };
}

describe('Output', () => {
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
    expect(posted).toMatchObject([
      { cell: 1, text: 'a' },
      { cell: 2, text: 'b' },
    ]);
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

  test('prints elsewhere when it is told to', () => {
    const print = vi.fn<TakeText>();
    new Output(() => {}, new CurrentCell(), { print }).write('stderr', 'a', 1);
    expect(print.mock.calls).toEqual([[1, 'stderr', 'a']]);
  });
});

describe('an output that is limited', () => {
  test('cuts text at the limit and says how to raise it, once', () => {
    const { output, posted } = anOutput('1');
    for (let i = 0; i < 3; i++) output.write('stdout', 'x'.repeat(600_000), 1);
    const texts = posted.map((message) => (message.type === 'stream' ? message.text : ''));
    expect(texts.map(({ length }) => length).slice(0, 2)).toEqual([600_000, 400_000]);
    expect(texts.slice(2)).toEqual([
      expect.stringMatching(/has put out 1 MB; what follows is not shown\..*LABMILL_MAX_OUTPUT_MB/),
    ]);
  });

  test('shows a value as a whole, and none behind it', () => {
    const { output, posted } = anOutput('1');
    for (let i = 0; i < 3; i++) output.display({ 'text/html': 'x'.repeat(2_000_000) });
    expect(posted.map(({ type }) => type)).toEqual(['display', 'stream']);
  });

  test('does not count what replaces something, nor what was cleared', () => {
    const { output, posted } = anOutput('1');
    for (let i = 0; i < 3; i++) output.display({ 'text/html': 'x'.repeat(900_000) }, 'id', true);
    for (let i = 0; i < 3; i++) {
      output.write('stdout', 'x'.repeat(900_000), 0);
      output.clear(true);
    }
    expect(posted.filter(({ type }) => type === 'stream' || type === 'display')).toHaveLength(6);
  });
});
