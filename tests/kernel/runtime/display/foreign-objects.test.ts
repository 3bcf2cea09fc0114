import { describe, expect, test } from 'vitest';
import { foreignBundle } from '../../../../src/kernel/runtime/display/foreign-objects.ts';

const spec = { $schema: 'https://vega.github.io/schema/vega-lite/v5.json' };

describe('foreignBundle', () => {
  test.each([
    ['a builder of a chart', { toSpec: () => spec }, { 'application/vnd.vegalite.v5+json': spec }],
    ['an element', { outerHTML: '<b>x</b>' }, { 'text/html': '<b>x</b>' }],
    ['an SVG element', { outerHTML: '<svg width="1"></svg>' }, { 'image/svg+xml': '<svg width="1"></svg>' }],
    ['a canvas', { toDataURL: (type: string) => `data:${type};base64,AAAA` }, { 'image/png': 'AAAA' }],
    ['a drawing', { toSVG: () => '<svg/>' }, { 'image/svg+xml': '<svg/>' }],
    ['a data frame', { toHTML: () => '<table></table>' }, { 'text/html': '<table></table>' }],
  ])('shows %s', (_what, value, bundle) => {
    expect(foreignBundle(value)).toEqual(bundle);
  });

  test('calls methods on the object, also inherited ones', () => {
    class Frame {
      readonly markup = '<table>';
      toHTML() {
        return this.markup;
      }
    }
    expect(foreignBundle(new Frame())).toEqual({ 'text/html': '<table>' });
  });

  test.each([[{}], [{ toSpec: () => 'no spec' }], [{ outerHTML: undefined }], [{ toDataURL: () => 'about:blank' }]])(
    'takes %o for nothing special',
    (value) => {
      expect(foreignBundle(value)).toBeUndefined();
    },
  );
});
