import { inspect } from 'node:util';
import { runInNewContext } from 'node:vm';
import { describe, expect, onTestFinished, test } from 'vitest';
import { failureOf, KeyboardInterrupt, markImport } from '../../../../src/kernel/runtime/failures/failure.ts';

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

  test('names an error after its class where it has no name of its own', () => {
    class ValidationError extends Error {}
    class Named extends Error {
      override readonly name = 'Other';
    }
    expect([failureOf(new ValidationError()).name, failureOf(new Named()).name]).toEqual(['ValidationError', 'Other']);
  });

  test('keeps what an error carries, but for what it shares with all of them', () => {
    const error = Object.assign(new Error('gone', { cause: 1 }), { code: 'ENOENT', path: 'a', left: undefined });
    expect(failureOf(error).properties).toBe("{ code: 'ENOENT', path: 'a' }");
  });

  test('keeps the first errors of an aggregate', () => {
    const errors = Array.from({ length: 7 }, (_, index) => new TypeError(`error ${index}`));
    const failure = failureOf(new AggregateError(errors, 'many'));
    expect(failure).toMatchObject({ name: 'AggregateError', message: 'many', errorCount: 7 });
    expect(failure.errors?.map(({ message }) => message)).toEqual(errors.slice(0, 5).map(({ message }) => message));
  });

  test('shortens what would fill a page', () => {
    expect(failureOf('x'.repeat(5000)).message).toMatch(/^x{2000}… \(5000 characters\)$/);
    expect(failureOf(new Error('x'.repeat(50_000))).message).toMatch(/^x{20000}… \(50000 characters\)$/);
  });

  test('reads the stack as V8 writes it, whatever the user has made of it', () => {
    onTestFinished(() => void Reflect.deleteProperty(Error, 'prepareStackTrace'));
    Error.prepareStackTrace = () => ['not', 'a', 'string'];
    expect(failureOf(new Error('bad')).stack).toMatch(/^Error: bad\n {4}at .*failure\.test\.ts/);
    expect(new Error('other').stack).toEqual(['not', 'a', 'string']);
  });

  const hostile = {
    get: () => {
      throw new Error('trap');
    },
  };
  const throws = { get: hostile.get };
  test.each([
    [
      'a proxy whose traps throw',
      new Proxy({}, { ...hostile, has: hostile.get, getPrototypeOf: hostile.get }),
      'Uncaught',
    ],
    [
      'an error with getters that throw',
      Object.defineProperties(new Error('x'), {
        name: throws,
        message: throws,
        stack: throws,
        cause: throws,
        errors: throws,
      }),
      '(cannot be shown: reading it throws)',
    ],
    ['an object whose inspector throws', { [inspect.custom]: hostile.get }, 'Uncaught'],
    ['an object below a hostile prototype', Object.create(new Proxy({}, { has: hostile.get })), 'Uncaught'],
    [
      'a class whose name is no text',
      new (class extends Error {
        static override readonly name: never = 5 as never;
      })('x'),
      'Error',
    ],
    ['a frozen error', Object.freeze(new RangeError('x')), 'RangeError'],
    ['an error without a prototype', Object.setPrototypeOf(new Error('x'), null), 'Error'],
    [
      'an error whose fields are objects',
      Object.assign(new Error('x'), { name: { a: 1 }, message: ['m'], stack: 5 }),
      '{ a: 1 }',
    ],
    ['a symbol', Symbol('s'), 'Uncaught'],
    ['a function', () => 1, 'Uncaught'],
    ['a big integer', 5n, 'Uncaught'],
  ])('survives %s', (_what, thrown, name) => {
    const failure = failureOf(thrown);
    expect(failure.name).toBe(name);
    expect(structuredClone(failure)).toEqual(failure);
  });

  test('keeps the place of a failed import', () => {
    const error = new Error('gone');
    markImport(error, 7, '/cell-1.ts');
    expect(failureOf(error)).toMatchObject({ importOffset: 7, importFile: '/cell-1.ts' });
  });

  test('gives an interrupt no stack', () => {
    expect(failureOf(new KeyboardInterrupt()).stack).toBe('KeyboardInterrupt: the cell was interrupted');
  });
});
