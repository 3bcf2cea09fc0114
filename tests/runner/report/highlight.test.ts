import { beforeAll, describe, expect, test } from 'vitest';
import { createHighlight, type Highlight } from '../../../src/runner/report/highlight.ts';

let highlight: Highlight;
beforeAll(async () => {
  highlight = await createHighlight();
});

const colours = (source: string) => new Set(highlight(source).text.match(/--shiki-light:#\w+/g)).size;

describe('highlight', () => {
  test('colours TypeScript for light and dark pages', () => {
    expect(highlight('const a: number = 1;').text).toMatch(/--shiki-light:#\w+;--shiki-dark:#\w+">const</);
  });

  test.each([
    '%%bash\nfor f in *; do echo $f; done',
    '%%writefile a.json\n{"a": [1, null]}',
    '%%writefile a.ts\nlet a = 1',
  ])('colours what %j holds', (source) => {
    expect(colours(source)).toBeGreaterThan(1);
  });

  test('leaves a file of no known language plain, and escapes it', () => {
    expect(highlight('%%writefile a.txt\n<b>').text).toContain('&#x3C;b>');
  });
});
