import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { formatPythonJson } from '../../../src/versioning/format/python-json.ts';

describe('formatPythonJson', () => {
  // Each line is what `python3 -c 'import json; print(json.dumps(…))'` prints.
  test.each([
    [{ a: [1, 'b', null, true], c: {} }, '{"a": [1, "b", null, true], "c": {}}'],
    ['é 😀 \u007f " \\ / \n', String.raw`"\u00e9 \ud83d\ude00 \u007f \" \\ / \n"`],
    [[], '[]'],
  ])('writes %j as Python does', (value, text) => {
    expect(formatPythonJson(value)).toBe(text);
  });

  test('leaves out what is not there', () => {
    expect(formatPythonJson({ a: undefined, b: 1 })).toBe('{"b": 1}');
  });

  test('writes what a JSON parser reads back', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(JSON.parse(formatPythonJson(value))).toEqual(JSON.parse(JSON.stringify(value)));
      }),
    );
  });
});
