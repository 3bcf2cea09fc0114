import { Script } from 'node:vm';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { CellSyntaxError } from '../../../src/kernel/compile/cell-syntax-error.ts';
import { compileCell } from '../../../src/kernel/compile/compile-cell.ts';
import { KnownNames } from '../../../src/kernel/compile/known-names.ts';
import { CELL_SNIPPETS, LOWERED_SNIPPETS, TOKENS } from '../../support/cell-snippets.ts';

/** `LABMILL_FUZZ_RUNS=100000` looks longer, `LABMILL_SEED=random` elsewhere. */
const { LABMILL_FUZZ_RUNS = '800' } = process.env;
const numRuns = Number(LABMILL_FUZZ_RUNS);

const notebook = new KnownNames(import.meta.dirname);
notebook.builtins = new Set(Object.getOwnPropertyNames(globalThis));
notebook.forgotten.add('y');
for (const name of ['fixed', 'crypto']) notebook.declared.set(name, 'const');
for (const name of ['x', 'total', 'fetch']) notebook.declared.set(name, 'let');

/** What becomes of a cell: a script that V8 reads, or a syntax error at a place of the cell. */
function outcomeOf(source: string): string {
  try {
    return typeof new Script(compileCell(source, notebook).code);
  } catch (error) {
    if (!(error instanceof CellSyntaxError)) throw error;
    const { line, column } = error.position;
    const length = source.split('\n')[line - 1]?.length ?? -1;
    return column >= 1 && column <= length + 1 ? 'object' : `no place: ${line}:${column}`;
  }
}

/** A change of a text: some of its characters, from `at` on (in 0–1), are replaced. */
const changes = fc.array(
  fc.record({
    at: fc.double({ min: 0, max: 1, noNaN: true }),
    removed: fc.constantFrom(0, 0, 0, 1, 1, 3, 12),
    added: fc.oneof(fc.constantFrom(...TOKENS), fc.constant(''), fc.constantFrom(...CELL_SNIPPETS)),
  }),
  { maxLength: 4 },
);

function changed(source: string, list: typeof changes extends fc.Arbitrary<infer T> ? T : never): string {
  return list.reduce((text, { at, removed, added }) => {
    const start = Math.floor(at * (text.length + 1));
    return text.slice(0, start) + added + text.slice(start + removed);
  }, source);
}

test.each([...CELL_SNIPPETS, ...LOWERED_SNIPPETS])('%j compiles, or is refused at a place', (source) => {
  expect(outcomeOf(source)).toBe('object');
});

test('a cell that was tampered with compiles, or is refused at a place', () => {
  const cells = fc.tuple(fc.constantFrom(...CELL_SNIPPETS), changes).map(([source, list]) => changed(source, list));
  fc.assert(
    fc.property(cells, (source) => {
      expect(outcomeOf(source)).toBe('object');
    }),
    { numRuns },
  );
});

test('so does one with decorators or JSX', () => {
  const cells = fc.tuple(fc.constantFrom(...LOWERED_SNIPPETS), changes).map(([source, list]) => changed(source, list));
  fc.assert(
    fc.property(cells, (source) => {
      expect(outcomeOf(source)).toBe('object');
    }),
    { numRuns: numRuns / 32 },
  );
});

test('so does any text at all', () => {
  const texts = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.string({ unit: fc.constantFrom(...TOKENS), maxLength: 30 }),
    fc.string({ unit: 'grapheme' }),
  );
  fc.assert(
    fc.property(texts, (source) => {
      expect(outcomeOf(source)).toBe('object');
    }),
    { numRuns },
  );
});
