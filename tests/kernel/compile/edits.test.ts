import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Edits, positionAt } from '../../../src/kernel/compile/edits.ts';

describe('Edits', () => {
  test('replaces, inserts and wraps in the order of the places', () => {
    const edits = new Edits('abcdef');
    edits.insert(6, '!');
    edits.replace(1, 3, 'X');
    edits.wrap(4, 5, '(', ')');
    expect(edits.apply().text).toBe('aXd(e)f!');
  });

  test('nests wraps that share their ends, the one made first outside', () => {
    const edits = new Edits('x');
    edits.wrap(0, 1, '[', ']');
    edits.wrap(0, 1, '(', ')');
    expect(edits.apply().text).toBe('[(x)]');
  });

  test('closes a wrap before it opens the next one', () => {
    const edits = new Edits('ab');
    edits.wrap(1, 2, '(', ')');
    edits.wrap(0, 1, '[', ']');
    expect(edits.apply().text).toBe('[a](b)');
  });

  test('inserts behind the wraps that end at the same place', () => {
    const edits = new Edits('ab');
    edits.insert(1, ';');
    edits.wrap(0, 1, '(', ')');
    expect(edits.apply().text).toBe('(a);b');
  });

  test('blanks with spaces, keeps line breaks, and puts a head in their place', () => {
    const edits = new Edits('a: {\n  b\n} = 1');
    edits.blank(1, 10, ';');
    expect(edits.apply().text).toBe('a;  \n   \n  = 1');
  });

  test('leaves an empty range alone', () => {
    const edits = new Edits('ab');
    edits.blank(1, 1, ';');
    expect(edits.apply().text).toBe('ab');
  });

  test.each([
    ['\r\n', 'a\r\nb'],
    ['\u2028', 'a\u2028b'],
  ])('counts %j as a line break to keep', (kept, source) => {
    const edits = new Edits(source);
    edits.blank(0, source.length);
    expect(edits.apply().text).toBe(` ${kept} `);
  });
});

/** A source, and blanked ranges and insertions in it that do not overlap. */
const edited = fc
  .tuple(
    fc.string({ minLength: 1, unit: fc.constantFrom('a', 'b', ' ', '\n', '😀') }),
    fc.array(fc.nat(), { maxLength: 8 }),
  )
  .map(([source, numbers]) => {
    const cuts = [...new Set(numbers.map((number) => number % (source.length + 1)))].toSorted((a, b) => a - b);
    const ranges = cuts.slice(1).map((end, index) => ({ start: cuts[index]!, end, isBlank: index % 2 === 0 }));
    return { source, ranges };
  });

function applied({
  source,
  ranges,
}: {
  source: string;
  ranges: readonly { start: number; end: number; isBlank: boolean }[];
}) {
  const edits = new Edits(source);
  for (const { start, end, isBlank } of ranges) {
    if (isBlank) edits.blank(start, end);
    else edits.wrap(start, end, '<<', '>>');
  }
  return edits.apply();
}

describe('the way back from an edited text', () => {
  test('leads every character that was copied back to itself', () => {
    fc.assert(
      fc.property(edited, (given) => {
        const { text, origin } = applied(given);
        const copied = [...text.matchAll(/[ab]/g)].map(({ index }) => index);
        expect(copied.map((index) => given.source[origin(index)])).toEqual(copied.map((index) => text[index]));
      }),
    );
  });

  test('leads every line of a text with blanks back to the same line', () => {
    fc.assert(
      fc.property(edited, (given) => {
        const { text, origin } = applied(given);
        const starts = [0, ...[...text.matchAll(/\n/g)].map(({ index }) => index + 1)];
        const lines = starts.map((start) => positionAt(given.source, origin(start)).line);
        expect(lines).toEqual(starts.map((_, index) => index + 1));
      }),
    );
  });

  test('leads what was inserted to the place where it was inserted', () => {
    const edits = new Edits('ab\ncd');
    edits.insert(4, 'XYZ');
    const { text, origin } = edits.apply();
    expect(text).toBe('ab\ncXYZd');
    expect([4, 5, 6, 7].map((offset) => origin(offset))).toEqual([4, 4, 4, 4]);
  });
});

describe('positionAt', () => {
  test.each([
    [0, { line: 1, column: 1 }],
    [2, { line: 1, column: 3 }],
    [3, { line: 2, column: 1 }],
    [5, { line: 2, column: 3 }],
  ])('counts the place of offset %i from 1', (offset, position) => {
    expect(positionAt('ab\n😀', offset)).toEqual(position);
  });
});
