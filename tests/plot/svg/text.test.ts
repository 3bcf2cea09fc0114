import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { cutText, plotlyLines, plotlyText, textWidth, wrapText } from '../../../src/plot/svg/text.ts';

const anyText = fc.string({ unit: 'binary', maxLength: 60 });

describe('plotlyLines', () => {
  test('reads Plotly’s small HTML', () => {
    expect(plotlyLines('<b>R²</b> &lt; 0.8<br>on <i>noisy</i> data &amp; more')).toEqual([
      'R² < 0.8',
      'on noisy data & more',
    ]);
  });

  test('keeps comparisons that are not tags', () => {
    expect(plotlyLines('1 < 2 > 0')).toEqual(['1 < 2 > 0']);
  });

  test('keeps entities it does not know', () => {
    expect(plotlyLines('&nosuch; &constructor;')).toEqual(['&nosuch; &constructor;']);
  });

  test('gives back each line that plotlyText wrote', () => {
    const line = anyText.filter((text) => text === text.trim() && !text.includes('\n'));
    fc.assert(
      fc.property(line, (text) => {
        expect(plotlyLines(plotlyText(text))).toEqual([text]);
      }),
    );
  });
});

describe('textWidth', () => {
  // Advance widths of DejaVu Sans 2.37 in 1/2048 em: A 1401, i 569, m 1995, 0 1303.
  test.each([
    ['A', 0.684],
    ['i', 0.278],
    ['m', 0.974],
    ['0', 0.636],
  ])('of %s is within a tenth of an em of DejaVu Sans', (character, em) => {
    expect(Math.abs(textWidth(character, 1) - em)).toBeLessThan(0.1);
  });

  test('adds up', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (a, b) => {
        expect(textWidth(a + b, 12)).toBeCloseTo(textWidth(a, 12) + textWidth(b, 12), 6);
      }),
    );
  });
});

describe('wrapText', () => {
  test('breaks at spaces', () => {
    expect(wrapText('one two three', 10, textWidth('one two', 10))).toEqual(['one two', 'three']);
  });

  test('ends the last line it may write with an ellipsis', () => {
    expect(wrapText('one two three four', 10, textWidth('three…', 10), 2)).toEqual(['one', 'two…']);
  });

  test('cuts a word that is wider than a line', () => {
    expect(wrapText('supercalifragilistic', 10, 40)[0]).toMatch(/^super.*…$/);
  });

  test('never writes a line that is too wide', () => {
    fc.assert(
      fc.property(fc.lorem({ maxCount: 20 }), fc.integer({ min: 40, max: 400 }), (text, width) => {
        expect(wrapText(text, 12, width).every((line) => textWidth(line, 12) <= width)).toBe(true);
      }),
    );
  });
});

test('cutText leaves a text that fits as it is', () => {
  expect(cutText('fits', 12, 100)).toBe('fits');
});
