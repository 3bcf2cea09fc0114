import { line, scatter } from 'labmill/plot';
import { describe, expect, test } from 'vitest';
import { charts } from './charts.ts';
import { xmlProblem } from '../support/well-formed.ts';

// `vitest run tests/plot -u` writes the pictures anew; look at each one that changed before accepting it.
describe.each(Object.entries(charts))('the picture %s', (name, make) => {
  const svg = make().toSvg();

  test('is the one that was accepted', async () => {
    await expect(svg).toMatchFileSnapshot(`expected/${name}.svg`);
  });

  test('is well-formed', () => {
    expect(xmlProblem(svg)).toBe('');
  });

  test('places everything at a number', () => {
    expect(svg).not.toMatch(/NaN|Infinity|undefined|null/);
  });

  test('has no id, script, link or style that another picture on the page could clash with', () => {
    expect(svg).not.toMatch(/ id=|<script|href|url\(|@import|@font-face/);
  });
});

test('a picture is named and described for those who do not see it', () => {
  const svg = charts['bar-groups']!().toSvg();
  expect(svg).toMatch(/^<svg [^>]*role="img" aria-label="Only the polynomial holds 0.8 on both sets"/);
  expect(svg).toContain('<title>Only the polynomial holds 0.8 on both sets</title>');
  expect(svg).toContain(
    '<desc>2 series (train, test). x axis, 3 categories. y axis: Accuracy, from 0 to 0.9135.</desc>',
  );
});

describe('many points', () => {
  const y = Array.from({ length: 10_000 }, (_, i) => Math.sin(i * 12.9898) + Math.sin(i * 78.233));

  test('take less than ten bytes each in a scatter chart of ten thousand', () => {
    expect(scatter({ x: y, y: y.toReversed() }).toSvg().length).toBeLessThan(100_000);
  });

  test('take less than four bytes each in a line of ten thousand', () => {
    expect(line({ y }).toSvg().length).toBeLessThan(40_000);
  });
});
