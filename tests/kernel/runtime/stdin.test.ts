import { afterEach, describe, expect, test } from 'vitest';
import { CurrentCell } from '../../../src/kernel/runtime/current-cell.ts';
import { emptyProcessStdin, type StdinGlobals, stdinGlobals } from '../../../src/kernel/runtime/stdin.ts';
import type { Answer, Question } from '../../../src/kernel/thread-messages.ts';

/** The functions, with a protocol thread that has the same answer to everything. */
function answering(answer: Answer): StdinGlobals & { readonly asked: Question[]; readonly current: CurrentCell } {
  const asked: Question[] = [];
  const current = new CurrentCell();
  const post = (question: Question): void => {
    asked.push(question);
    question.port.postMessage(answer);
    Atomics.store(question.answered, 0, 1);
  };
  return { ...stdinGlobals({ post, current }), asked, current };
}

const text = (value: string): Answer => ({ status: 'ok', text: value });

describe('input', () => {
  test('asks as part of the calling cell, and returns the answer', () => {
    const { input, asked, current } = answering(text('Ada'));
    expect(current.run(7, () => input('name? '))).toBe('Ada');
    expect(asked).toMatchObject([{ cell: 7, prompt: 'name? ', isPassword: false }]);
  });

  test('asks for a password', () => {
    const { input, asked } = answering(text(''));
    input('key: ', { password: true });
    expect(asked).toMatchObject([{ prompt: 'key: ', isPassword: true }]);
  });

  test.each([
    [{ status: 'end' }, 'EndOfInputError', 'input: the input was closed without an answer'],
    [{ status: 'interrupted' }, 'KeyboardInterrupt', 'the cell was interrupted'],
    [{ status: 'refused', reason: 'nobody is there' }, 'StdinNotAllowedError', 'input: nobody is there'],
  ] as const)('throws where the answer is %j', (answer, name, message) => {
    expect(() => answering(answer).input()).toThrow(expect.objectContaining({ name, message }));
  });
});

describe('prompt', () => {
  test.each([
    [text('36'), undefined, '36'],
    [text(''), undefined, ''],
    [text(''), '18', '18'],
    [{ status: 'end' } as const, '18', null],
  ])('answered %j with the default %j returns %j', (answer, defaultValue, value) => {
    expect(answering(answer).prompt('age?', defaultValue)).toBe(value);
  });

  test('shows the default', () => {
    const { prompt, asked } = answering(text(''));
    prompt('age?', '18');
    expect(asked[0]?.prompt).toBe('age? [18] ');
  });
});

describe('confirm', () => {
  test.each([
    ['y', true],
    [' YES ', true],
    ['', false],
    ['n', false],
    ['yesterday', false],
  ])('takes %j for %j', (answer, value) => {
    expect(answering(text(answer)).confirm('sure?')).toBe(value);
  });
});

test('alert returns nothing, whatever was typed', () => {
  expect(answering(text('x')).alert('done')).toBeUndefined();
});

describe('process.stdin', () => {
  const original = Object.getOwnPropertyDescriptor(process, 'stdin')!;
  afterEach(() => Object.defineProperty(process, 'stdin', original));

  test('is empty', async () => {
    emptyProcessStdin();
    expect(await process.stdin.toArray()).toEqual([]);
  });
});
