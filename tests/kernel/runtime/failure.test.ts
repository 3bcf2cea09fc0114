import { runInNewContext } from 'node:vm';
import { describe, expect, test } from 'vitest';
import { failureOf, KeyboardInterrupt, markImport } from '../../../src/kernel/runtime/failure.ts';

describe('failureOf', () => {
  test('keeps name, message and stack of an error', () => {
    const error = new RangeError('too far');
    expect(failureOf(error)).toEqual({ name: 'RangeError', message: 'too far', stack: error.stack });
  });

  test('knows errors of other realms', () => {
    expect(failureOf(runInNewContext('new TypeError("there")'))).toMatchObject({ name: 'TypeError', message: 'there' });
  });

  test('takes the colours out of a message', () => {
    expect(failureOf(new Error('\u001B[31mred\u001B[0m')).message).toBe('red');
  });

  test.each([
    ['text', 'text'],
    [{ a: 1 }, '{ a: 1 }'],
    [null, 'null'],
    [undefined, 'undefined'],
    [5, '5'],
  ])('shows anything else that is thrown: %j', (thrown, message) => {
    expect(failureOf(thrown)).toEqual({ name: 'Uncaught', message, stack: '' });
  });

  test('keeps the causes', () => {
    const error = new Error('outer', { cause: new Error('inner', { cause: 'text' }) });
    expect(failureOf(error).cause).toMatchObject({ message: 'inner', cause: { name: 'Uncaught', message: 'text' } });
  });

  test('ends where causes go round in a ring', () => {
    const error = new Error('ring');
    error.cause = error;
    expect(JSON.stringify(failureOf(error)).match(/"message"/g)).toHaveLength(6);
  });

  test('keeps the place of a failed import', () => {
    const error = new Error('gone');
    markImport(error, 7);
    expect(failureOf(error).importOffset).toBe(7);
  });

  test('gives an interrupt no stack', () => {
    expect(failureOf(new KeyboardInterrupt()).stack).toBe('KeyboardInterrupt: the cell was interrupted');
  });
});
