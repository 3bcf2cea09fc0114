import { describe, expect, test } from 'vitest';
import { mimeBundle } from '../../../../src/kernel/runtime/display/mime-bundle.ts';

const DISPLAY = Symbol.for('Jupyter.display');
const png = Buffer.from('89504e470d0a1a0a0000', 'hex');

/** What a getter or trap does that resists being looked at. */
function refuse(): never {
  throw new Error('no');
}

describe('mimeBundle', () => {
  test.each([
    [1, '1'],
    ['text', "'text'"],
    [{ a: [1, { b: 2 }] }, '{ a: [ 1, { b: 2 } ] }'],
    [null, 'null'],
    [undefined, 'undefined'],
    [10n, '10n'],
    [Symbol('s'), 'Symbol(s)'],
    [() => 1, '[Function (anonymous)]'],
    [Promise.resolve(1), 'Promise { 1 }'],
    [new Date(0), '1970-01-01T00:00:00.000Z'],
    [[1, 2], '[ 1, 2 ]'],
    [new Uint8Array([1, 2]), 'Uint8Array(2) [ 1, 2 ]'],
  ])('shows %o as text only, as Node does', (value, text) => {
    expect(mimeBundle(value)).toEqual({ 'text/plain': text });
  });

  test.each([
    ['records', [{ a: 1 }], '[ { a: 1 } ]'],
    ['a Map', new Map([[1, 2]]), 'Map(1) { 1 => 2 }'],
    ['a Set', new Set([1]), 'Set(1) { 1 }'],
  ])('shows %s as a table, and as text', (_what, value, text) => {
    expect(mimeBundle(value)).toEqual({ 'text/html': expect.stringContaining('<table'), 'text/plain': text });
  });

  test('shows the bytes of an image as the image, and as text', () => {
    expect(mimeBundle(png)).toEqual({
      'image/png': 'iVBORw0KGgoAAA==',
      'text/plain': '<Buffer 89 50 4e 47 0d 0a 1a 0a 00 00>',
    });
  });

  test.each([
    ['an ArrayBuffer', new Uint8Array(png).buffer],
    ['a view into other bytes', new Uint8Array([0, ...png, 0]).subarray(1, png.length + 1)],
  ])('finds an image in %s', (_what, value) => {
    expect(mimeBundle(value)).toMatchObject({ 'image/png': 'iVBORw0KGgoAAA==' });
  });

  test('finds an image in a Blob, which takes time', async () => {
    expect(await mimeBundle(new Blob([png]))).toMatchObject({
      'image/png': 'iVBORw0KGgoAAA==',
      'text/plain': expect.stringContaining('Blob'),
    });
  });

  test('shows a Blob of anything else as text', async () => {
    expect(Object.keys(await mimeBundle(new Blob(['text'])))).toEqual(['text/plain']);
  });

  test('shows a Vega-Lite specification as a chart', () => {
    const spec = { $schema: 'https://vega.github.io/schema/vega-lite/v5.json', mark: 'bar' };
    expect(mimeBundle(spec)).toMatchObject({ 'application/vnd.vegalite.v5+json': spec });
  });

  test.each([
    [
      'a getter that throws',
      {
        get outerHTML() {
          return refuse();
        },
      },
    ],
    [
      'records whose getters throw',
      [
        {
          get a() {
            return refuse();
          },
        },
      ],
    ],
    ['a proxy whose traps throw', new Proxy({}, { get: refuse, has: refuse, ownKeys: refuse, getPrototypeOf: refuse })],
    ['an object whose own inspection throws', { [Symbol.for('nodejs.util.inspect.custom')]: refuse }],
    [
      'an object whose class has no name',
      {
        get [Symbol.toStringTag]() {
          return refuse();
        },
      },
    ],
    ['an object with a method of another library that throws', { toHTML: refuse }],
  ])('shows %s as some text', (_what, value) => {
    expect(mimeBundle(value)).toEqual({ 'text/plain': expect.any(String) });
  });
});

describe('mimeBundle, of a value that shows itself', () => {
  test('takes its bundle and adds the plain text', () => {
    const value = { name: 'v', [DISPLAY]: () => ({ 'text/html': '<b>v</b>' }) };
    expect(mimeBundle(value)).toMatchObject({
      'text/html': '<b>v</b>',
      'text/plain': expect.stringContaining("name: 'v'"),
    });
  });

  test('calls the method on the value, also on one that is inherited', () => {
    class Shown {
      readonly text = 'mine';
      [DISPLAY]() {
        return { 'text/plain': this.text };
      }
    }
    expect(mimeBundle(new Shown())).toEqual({ 'text/plain': 'mine' });
  });

  test('waits for a method that is asynchronous', async () => {
    const value = { [DISPLAY]: async () => ({ 'text/plain': 'later' }) };
    expect(await mimeBundle(value)).toEqual({ 'text/plain': 'later' });
  });

  test('asks functions and proxies, too', () => {
    const shown = { [DISPLAY]: () => ({ 'text/plain': 'mine' }) };
    expect(mimeBundle(Object.assign(() => 1, shown))).toEqual({ 'text/plain': 'mine' });
    expect(mimeBundle(new Proxy({}, { get: (_, name) => Reflect.get(shown, name) }))).toEqual({ 'text/plain': 'mine' });
  });

  test('sends bytes as base64, and objects as JSON sees them', () => {
    const bundle = { 'image/png': png, 'application/json': { at: new Date(0), f: () => 1 }, 'text/html': undefined };
    expect(mimeBundle({ [DISPLAY]: () => bundle })).toEqual({
      'image/png': 'iVBORw0KGgoAAA==',
      'application/json': { at: '1970-01-01T00:00:00.000Z' },
      'text/plain': expect.any(String),
    });
  });

  test('keeps colours out of plain text', () => {
    expect(mimeBundle({ [DISPLAY]: () => ({ 'text/plain': '\u001B[31mred\u001B[0m' }) })).toEqual({
      'text/plain': 'red',
    });
  });

  test.each([[null], ['text'], [1]])('falls back where the method returns %j', (bundle) => {
    expect(mimeBundle({ a: 1, [DISPLAY]: () => bundle })).toEqual({ 'text/plain': expect.stringContaining('a: 1') });
  });

  test('does not touch a value whose method is none', () => {
    expect(mimeBundle({ [DISPLAY]: 1 })).toEqual({ 'text/plain': expect.any(String) });
  });

  test('passes on what the method throws', () => {
    expect(() => mimeBundle({ [DISPLAY]: refuse })).toThrow('no');
  });

  test('passes on that JSON cannot hold what it returns', () => {
    const ring: Record<string, unknown> = {};
    ring['self'] = ring;
    expect(() => mimeBundle({ [DISPLAY]: () => ({ 'application/json': ring }) })).toThrow('circular');
  });
});
