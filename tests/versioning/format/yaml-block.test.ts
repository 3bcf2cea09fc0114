import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { formatYamlMapping } from '../../../src/versioning/format/yaml-block.ts';
import { dvcFormats } from '../../support/dvc-formats.ts';

const md5 = 'acbd18db4cc2f85cedef654fccc4a4d8';

describe('formatYamlMapping', () => {
  test.each(dvcFormats.yaml)('writes $text as DVC does, as key, value and item, folded or not', ({ text, yaml }) => {
    const meta = { deep: [[text, 1], { [[...text.replaceAll('\n', ' ')].slice(0, 40).join('')]: null }] };
    expect(formatYamlMapping({ desc: text, outs: [{ md5, path: text }], meta })).toBe(yaml);
  });

  test('writes what a YAML reader reads back, whatever the text', () => {
    const piece = fc.constantFrom(
      ...'aé😀 0:#-\'"\\,\n\t\r\u0085\u2028\ufeff[]{}&*!|>%@`?=~'.split(''),
      ' ',
      'word',
      'other words',
    );
    const texts = fc.array(piece, { maxLength: 40 }).map((pieces) => pieces.join(''));
    fc.assert(
      fc.property(texts, (text) => {
        expect(parse(formatYamlMapping({ a: [{ b: text }], [`k${text}`]: [] }))).toEqual({
          a: [{ b: text }],
          [`k${text}`]: [],
        });
      }),
      { numRuns: 1000 },
    );
  });
});
