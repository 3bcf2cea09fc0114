import fc from 'fast-check';
import { expect, test } from 'vitest';
import { escapeMarkup } from '../../src/base/escape-markup.ts';

test('escapeMarkup leaves nothing that could open a tag, an entity or close an attribute', () => {
  expect(escapeMarkup(`<a href="x" title='y'>&amp;`)).toBe('&lt;a href=&quot;x&quot; title=&#39;y&#39;&gt;&amp;amp;');
});

test('escapeMarkup replaces characters that XML forbids', () => {
  expect(escapeMarkup('a\u0000b\uFFFEc\uD800d\n')).toBe('a\uFFFDb\uFFFDc\uFFFDd\n');
});

test('escapeMarkup of any text has no markup left', () => {
  const texts = fc.string({ unit: 'binary' });
  fc.assert(fc.property(texts, (text) => expect(escapeMarkup(text)).not.toMatch(/[<>"']/)));
});
