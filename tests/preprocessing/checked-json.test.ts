import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { sha256 } from 'labmill';
import { describe, expect, test } from 'vitest';
import { canonicalJson, readCheckedJson, writeCheckedJson } from '../../src/preprocessing/checked-json.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const format = { format: 'test', version: 2 };
const newPath = () => join(temporaryFolder(), 'file.json');

describe('canonicalJson', () => {
  test('sorts keys and writes numbers as RFC 8785 asks for', () => {
    // The example of RFC 8785, section 3.2.2 and 3.2.3, without its string.
    const value = {
      numbers: [333333333.3333333, 1e30, 4.5, 2e-3, 0.000000000000000000000000001],
      literals: [null, true],
    };
    expect(canonicalJson(value, 'f')).toBe(
      '{"literals":[null,true],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27]}',
    );
  });

  test('is the same for every order of keys', () => {
    expect(canonicalJson({ b: 1, a: { d: 2, c: 3 } }, 'f')).toBe(canonicalJson({ a: { c: 3, d: 2 }, b: 1 }, 'f'));
  });
});

describe('readCheckedJson', () => {
  test('returns what was written', () => {
    const path = newPath();
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 5 }), (value) => {
        writeCheckedJson(path, format, { value });
        expect(readCheckedJson(path, format, 1e6)).toEqual(JSON.parse(JSON.stringify({ value })));
      }),
      { numRuns: 50 },
    );
  });

  test.each([
    ['nothing', '', 'damaged or truncated'],
    ['half a file', '{"format": "test", "ver', 'damaged or truncated: not complete JSON'],
    ['something else than an object', '[1, 2]', 'expected a file of format "test", got another kind'],
    ['another format', '{"format": "pickle", "version": 1}', 'got another kind'],
    ['no version', '{"format": "test"}', 'expected version 2 or older, got undefined'],
    ['a newer version', '{"format": "test", "version": 3}', 'got 3. Read it with the release that wrote it'],
    ['no checksum', '{"format": "test", "version": 2}', 'does not match its sha256'],
    ['a wrong checksum', `{"format": "test", "version": 2, "sha256": "${'0'.repeat(64)}"}`, 'does not match'],
    [
      'endless nesting',
      `{"format":"test","version":2,"a":${'['.repeat(9e3)}${']'.repeat(9e3)}}`,
      'nested deeper than 64',
    ],
  ])('refuses %s', (_what, text, message) => {
    const path = newPath();
    writeFileSync(path, text);
    expect(() => readCheckedJson(path, format, 1e6)).toThrow(
      expect.objectContaining({ code: 'ERR_MODEL_FILE', message: expect.stringContaining(message) }),
    );
  });

  test('reads an older version', () => {
    const path = newPath();
    writeCheckedJson(path, { format: 'test', version: 1 }, { a: 1 });
    expect(readCheckedJson(path, format, 1e6)).toEqual({ a: 1 });
  });

  test('takes the sha256 of everything else in canonical form', () => {
    const path = newPath();
    const checksum = sha256('{"a":1,"format":"test","version":2}');
    writeFileSync(path, JSON.stringify({ sha256: checksum, version: 2, a: 1, format: 'test' }));
    expect(readCheckedJson(path, format, 1e6)).toEqual({ a: 1 });
  });
});

describe('writeCheckedJson', () => {
  test.each([NaN, Infinity, -Infinity])('refuses to write %s', (value) => {
    expect(() => writeCheckedJson(newPath(), format, { coef: [1, value] })).toThrow(
      expect.objectContaining({ code: 'ERR_MODEL_FILE', message: expect.stringContaining(`got ${value}`) }),
    );
  });

  test('reports a folder that cannot be written to', () => {
    const file = newPath();
    writeFileSync(file, '');
    expect(() => writeCheckedJson(join(file, 'model.json'), format, {})).toThrow(
      expect.objectContaining({ code: 'ERR_FILE_WRITE' }),
    );
  });
});
