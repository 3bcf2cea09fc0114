import { runInThisContext } from 'node:vm';
import { describe, expect, onTestFinished, test } from 'vitest';
import { complete, describeName, inspectAt } from '../../../src/kernel/runtime/introspect.ts';
import { Names } from '../../../src/kernel/runtime/names.ts';

let getterCalls = 0;

function names(): Names {
  const all = new Names();
  all.declare(['lab', 'crypto']);
  all.own['crypto'] = { mine: 1 };
  const lab = { alpha: { beta: 1 }, 'not a name': 2, twice: (n: number) => n * 2 };
  Object.defineProperty(lab, 'getter', { get: () => ++getterCalls, enumerable: true });
  Object.assign(globalThis, { lab });
  onTestFinished(() => void Reflect.deleteProperty(globalThis, 'lab'));
  return all;
}

function completed(code: string): readonly string[] {
  return complete({ type: 'complete', request: 1, code, cursor: code.length }, names()).matches;
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
  ])('%j with %j', (code, matches) => {
    expect(completed(code)).toEqual(matches);
  });

  test('offers names only, also those of getters', () => {
    expect(completed('lab.').filter((name) => name.startsWith('n') || name.startsWith('g'))).toEqual(['getter']);
  });

  test('replaces what is written of the name', () => {
    const answer = complete({ type: 'complete', request: 1, code: 'x; lab.al + 1', cursor: 9 }, names());
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

test('describeName shows the source of a function without the compiler’s marks', () => {
  const all = names();
  const source = 'function f$cell() { return $cell.own.crypto }';
  Object.assign(globalThis, { lab: { f: runInThisContext(`(${source})`) as unknown } });
  expect(describeName(['lab', 'f'], all)).toEqual({ 'text/plain': 'lab.f: function\nfunction f() { return crypto }' });
});

test('introspection calls no getter', () => {
  getterCalls = 0;
  completed('lab.getter.');
  inspectAt({ type: 'inspect', request: 1, code: 'lab.getter', cursor: 10 }, names());
  expect(getterCalls).toBe(0);
});
