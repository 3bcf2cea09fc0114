import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { escapeMarkup } from '../../src/base/escape-markup.ts';
import { xmlProblem } from '../support/well-formed.ts';

const anyText = fc.string({ unit: 'binary', maxLength: 60 });

describe('escapeMarkup', () => {
  test.each([
    ['<script>alert(1)</script>', '&lt;script&gt;alert(1)&lt;/script&gt;'],
    [`" onload='x'`, '&quot; onload=&#39;x&#39;'],
    ['a & b', 'a &amp; b'],
    ['nul \u0000 bell \u0007', 'nul \ufffd bell \ufffd'],
    ['half a pair \ud83d', 'half a pair \ufffd'],
  ])('turns %j into %j', (text, escaped) => {
    expect(escapeMarkup(text)).toBe(escaped);
  });

  test('makes any text well-formed content and attribute', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        expect(xmlProblem(`<a b="${escapeMarkup(text)}">${escapeMarkup(text)}</a>`)).toBe('');
      }),
    );
  });
});
