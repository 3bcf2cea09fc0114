import { runInThisContext } from 'node:vm';
import { describe, expect, onTestFinished, test } from 'vitest';
import { complete, describeName, inspectAt } from '../../../src/kernel/runtime/introspect.ts';
import { Names } from '../../../src/kernel/runtime/names.ts';

let getterCalls = 0;

function names(): Names {
  const all = new Names();
  all.declare(['lab', 'crypto']);
  all.set('crypto', { mine: 1 });
  const lab = { alpha: { beta: 1 }, 'not a name': 2, twice: (n: number) => n * 2 };
  Object.defineProperty(lab, 'getter', { get: () => ++getterCalls, enumerable: true });
  all.set('lab', lab);
  onTestFinished(() => all.forget(all.list()));
  return all;
}

async function completed(code: string): Promise<readonly string[]> {
  return (await complete({ type: 'complete', request: 1, code, cursor: code.length }, names())).matches;
}

describe('complete', () => {
  test.each([
    ['lab.al', ['alpha']],
    ['lab.alpha.be', ['beta']],
    ['lab?.al', ['alpha']],
    ['f(lab. al', ['alpha']],
    ['Math.sqr', ['sqrt']],
    ['"text".toUpp', ['toUpperCase']],
    ['[1].flatM', ['flatMap']],
    ['instanceo', ['instanceof']],
    ['crypto.mi', ['mine']],
    ['nowhere.a', []],
    ['f().a', []],
    ['lab.getter.a', []],
  ])('%j with %j', async (code, matches) => {
    expect(await completed(code)).toEqual(matches);
  });

  test.each([
    ['1\n  %tim', ['%time', '%timeit']],
    ['%%writ', ['%%writefile']],
    ['a %tim', []],
  ])('%j with magics: %j', async (code, matches) => {
    expect(await completed(code)).toEqual(matches);
  });

  test('offers names only, also those of getters', async () => {
    expect((await completed('lab.')).filter((name) => name.startsWith('n') || name.startsWith('g'))).toEqual([
      'getter',
    ]);
  });

  test.each([
    ['function', 'lab.twi'],
    ['class', 'lab.Thin'],
    ['instance', 'lab.alph'],
    ['property', 'lab.gett'],
    ['instance', 'la'],
    ['class', 'Promis'],
    ['keyword', 'abstr'],
  ])('tells a %s: %j', async (type, code) => {
    const all = names();
    Object.assign(all.get('lab') as object, { Thing: Map });
    expect(await complete({ type: 'complete', request: 1, code, cursor: code.length }, all)).toMatchObject({
      types: [type],
    });
  });

  test('asks no proxy what it has', async () => {
    const all = names();
    const trap = (): never => {
      throw new Error('asked');
    };
    all.set('lab', new Proxy({}, { ownKeys: trap, getPrototypeOf: trap, getOwnPropertyDescriptor: trap }));
    expect(await complete({ type: 'complete', request: 1, code: 'lab.', cursor: 4 }, all)).toMatchObject({
      matches: [],
    });
  });

  test('replaces what is written of the name', async () => {
    const answer = await complete({ type: 'complete', request: 1, code: 'x; lab.al + 1', cursor: 9 }, names());
    expect(answer).toMatchObject({ start: 7, end: 9 });
  });
});

describe('inspectAt', () => {
  test.each([
    ['lab.alpha.beta', 14, 'lab.alpha.beta: number\n1'],
    ['lab.alpha.beta', 5, 'lab.alpha: object\n{ beta: 1 }'],
    ['f(lab.twice)', 4, expect.stringMatching(/^lab: object\n/)],
    ['null', 2, undefined],
    ['nowhere', 3, undefined],
    ['lab.getter', 9, undefined],
    ['1 + ', 4, undefined],
  ])('describes what stands at the cursor: %j at %i', (code, cursor, text) => {
    const data = inspectAt({ type: 'inspect', request: 1, code, cursor }, names());
    expect(data?.['text/plain']).toEqual(text);
  });
});

test.each([
  [0, '… 13 more lines'],
  [1, '  // 21\n}'],
] as const)('inspectAt with detail %i shows of a long function %j', (detail, end) => {
  const all = names();
  const lines = Array.from({ length: 21 }, (_, index) => `  // ${index + 1}`);
  all.set('lab', runInThisContext(`(function () {\n${lines.join('\n')}\n})`));
  const data = inspectAt({ type: 'inspect', request: 1, code: 'lab', cursor: 3, detail }, all);
  expect(String(data?.['text/plain']).slice(-end.length)).toBe(end);
});

test('describeName shows the source of a function without the compiler’s marks', () => {
  const all = names();
  const source = 'function f$cell() { return $cell.own.crypto }';
  all.set('lab', { f: runInThisContext(`(${source})`) as unknown });
  expect(describeName(['lab', 'f'], all)).toEqual({ 'text/plain': 'lab.f: function\nfunction f() { return crypto }' });
});

test('describeName shows the source of a function without the blanks where types were', () => {
  const all = names();
  const source = 'function f   (x        , by         = 2)         { return x * by }';
  all.set('lab', { f: runInThisContext(`(${source})`) as unknown });
  expect(describeName(['lab', 'f'], all)?.['text/plain']).toContain('\nfunction f(x, by = 2) { return x * by }');
});

test('introspection calls no getter', async () => {
  getterCalls = 0;
  await completed('lab.getter.');
  inspectAt({ type: 'inspect', request: 1, code: 'lab.getter', cursor: 10 }, names());
  expect(getterCalls).toBe(0);
});
