import { describe, expect, test } from 'vitest';
import { plainText } from '../../../../src/kernel/runtime/display/plain-text.ts';

const HINT = 'display(value, { all: true }) shows all';
const nested = (...lengths: readonly number[]): unknown => {
  const [length, ...rest] = lengths;
  return length === undefined ? 1 : Array.from({ length }, () => nested(...rest));
};

describe('plainText', () => {
  test('has no colours', () => {
    expect(plainText([1, 'a', null])).toBe("[ 1, 'a', null ]");
  });

  test.each([
    ['a hundred items', Array.from({ length: 100 }, (_, index) => index)],
    ['five levels', { a: { b: { c: { d: { e: 1 } } } } }],
    ['a page of text', 'x'.repeat(10_000)],
    ['what is deep but empty', [[[[[[]]]]]]],
    [
      'what contains itself',
      (() => {
        const ring: unknown[] = [];
        ring.push(ring);
        return ring;
      })(),
    ],
  ])('shows %s whole', (_what, value) => {
    expect(plainText(value)).not.toContain(HINT);
  });

  test.each([
    ['an array', Array.from({ length: 101 }, () => 7), '... 1 more item'],
    ['a typed array', new Float64Array(1000), '... 900 more items'],
    ['a Map', new Map(Array.from({ length: 150 }, (_, index) => [index, 1])), '... 50 more items'],
    ['a string', 'x'.repeat(10_001), '... 1 more character'],
    ['a string inside', { text: 'x'.repeat(10_001) }, '... 1 more character'],
    ['six levels', { a: { b: { c: { d: { e: { f: 1 } } } } } }, '[Object]'],
    ['an array inside', { list: Array.from({ length: 200 }, () => 7) }, '... 100 more items'],
    [
      'an object of many properties',
      Object.fromEntries(Array.from({ length: 300 }, (_, i) => [`k${i}`, i])),
      '… 100 more properties',
    ],
    [
      'what inspects itself at length',
      { [Symbol.for('nodejs.util.inspect.custom')]: () => 'y'.repeat(200_001) },
      '… 1 more characters',
    ],
  ])('cuts %s, and says how to see all', (_what, value, note) => {
    const text = plainText(value);
    expect(text).toContain(note);
    expect(text.split('\n').at(-1)).toBe(HINT);
  });

  test.each([
    ['a matrix', nested(100, 100), '... 80 more items', 8000],
    ['a cube', nested(100, 100, 100), '[Array]', 30_000],
    ['records of long texts', Array.from({ length: 100 }, () => ['x'.repeat(5000)]), '... 80 more items', 60_000],
  ])('shows less of each part of %s', (_what, value, note, maxLength) => {
    expect(plainText(value)).toContain(note);
    expect(plainText(value).length).toBeLessThan(maxLength);
  });

  test.each([
    ['an array', Array.from({ length: 500 }, () => 7)],
    ['a string', 'x'.repeat(20_000)],
    ['six levels', { a: { b: { c: { d: { e: { f: 'deep' } } } } } }],
  ])('shows all of %s on demand', (_what, value) => {
    expect(plainText(value, { all: true })).not.toMatch(/more|\[Object\]/);
  });

  test.each([
    ['an array of ten million numbers', new Float64Array(1e7)],
    ['an array with a billion holes', new Array<number>(1e9)],
    ['a hundred million nested numbers', Array.from({ length: 10_000 }, () => new Array<number>(10_000).fill(1))],
    ['a hundred megabytes of text', Buffer.alloc(1e8, 'x').toString('latin1')],
  ])('takes milliseconds for %s', (_what, value) => {
    const start = performance.now();
    plainText(value);
    expect(performance.now() - start).toBeLessThan(500);
  });

  test('leaves the frames of Node and of the kernel out of the stack of an error', () => {
    const error = new Error('no', { cause: new Error('why') });
    const own = new URL('../../../../src/kernel/runtime/session.ts', import.meta.url).href;
    error.stack = `Error: no\n    at f (/home/me/cell-1.ts:1:7)\n    at node:vm:1:1\n    at async Session.run (${own}:1:1)`;
    expect(plainText([error])).toMatch(/no\n\s+at f \(\/home\/me\/cell-1.ts:1:7\) \{\n\s+\[cause\]: Error: why/);
  });

  test.each([
    ['own inspection', { [Symbol.for('nodejs.util.inspect.custom')]: refuse }, 'Symbol(nodejs.util.inspect.custom)'],
    ['prototype', Object.create(new Proxy({}, { getPrototypeOf: refuse })), '[object that cannot be shown: no]'],
  ])('shows what it can of an object whose %s throws', (_what, value, text) => {
    expect(plainText(value)).toContain(text);
  });

  test('does not call getters', () => {
    expect(
      plainText({
        get a() {
          return refuse();
        },
      }),
    ).toBe('{ a: [Getter] }');
  });
});

function refuse(): never {
  throw new Error('no');
}
