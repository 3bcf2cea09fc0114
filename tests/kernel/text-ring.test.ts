import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type StreamName, textMemory, TextRing } from '../../src/kernel/text-ring.ts';

function readAll(ring: TextRing, upTo?: number): Array<[number, StreamName, string]> {
  const texts: Array<[number, StreamName, string]> = [];
  ring.read((...text) => void texts.push(text), upTo);
  return texts;
}

describe('a text ring', () => {
  test('passes texts on, those of a stream in one piece', () => {
    const ring = new TextRing(textMemory());
    ring.write(1, 'stdout', 'a');
    ring.write(1, 'stdout', 'b');
    ring.write(1, 'stderr', 'c');
    ring.write(2, 'stderr', 'd');
    expect(readAll(ring)).toEqual([
      [1, 'stdout', 'ab'],
      [1, 'stderr', 'c'],
      [2, 'stderr', 'd'],
    ]);
    expect(readAll(ring)).toEqual([]);
  });

  test('reads up to a position and no further', () => {
    const ring = new TextRing(textMemory());
    ring.write(1, 'stdout', 'before');
    const { written } = ring;
    ring.write(1, 'stdout', 'behind');
    expect([readAll(ring, written), readAll(ring)]).toEqual([[[1, 'stdout', 'before']], [[1, 'stdout', 'behind']]]);
  });

  test('reads nothing up to a position that is read already', () => {
    const ring = new TextRing(textMemory());
    const { written } = ring;
    ring.write(1, 'stdout', 'a');
    readAll(ring);
    expect(readAll(ring, written)).toEqual([]);
  });

  test('loses nothing where it begins anew, however often', () => {
    const ring = new TextRing(textMemory());
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'grapheme', maxLength: 2000 })), fc.nat(200), (texts, times) => {
        const written = texts
          .map((text) => text.repeat(times))
          .join('')
          .slice(0, 900_000)
          .toWellFormed();
        ring.write(1, 'stdout', written);
        expect(
          readAll(ring)
            .map(([, , text]) => text)
            .join(''),
        ).toBe(written);
      }),
    );
  });

  test('replaces what is half a character', () => {
    const ring = new TextRing(textMemory());
    ring.write(1, 'stdout', 'a\uD83Db');
    expect(readAll(ring)).toEqual([[1, 'stdout', 'a\uFFFDb']]);
  });

  test('wakes the reader', async () => {
    const ring = new TextRing(textMemory());
    const woken = ring.writtenBeyond(ring.written);
    ring.write(1, 'stdout', 'a');
    await expect(woken).resolves.toBeUndefined();
  });
});
