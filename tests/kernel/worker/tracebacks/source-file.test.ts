import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { transformSync } from 'esbuild';
import { describe, expect, test } from 'vitest';
import { SourceFiles } from '../../../../src/kernel/worker/tracebacks/source-file.ts';
import { temporaryFolder } from '../../../support/temporary-folder.ts';

const source = 'interface A {\n  a: 1;\n}\nenum B { b }\nexport const c: number = fail();\n';
const options = { loader: 'ts', sourcefile: 'a.ts', sourcemap: 'external' } as const;
const { code, map: text } = transformSync(source, options);
const map = JSON.parse(text) as object;
const fromFile = JSON.stringify({ ...map, sourcesContent: undefined });
/** Where `fail` is called in the compiled text. */
const line = code.slice(0, code.indexOf('fail')).split('\n').length;
const place = { line, column: code.split('\n')[line - 1]!.indexOf('fail') + 1 };

/** Writes `a.ts`, and `a.js` with a reference to its map; returns the path of the latter. */
function compiled(reference: string): string {
  const folder = temporaryFolder();
  writeFileSync(join(folder, 'a.ts'), source);
  writeFileSync(join(folder, 'a.js'), `${code}\n//# sourceMappingURL=${reference}\n`);
  return join(folder, 'a.js');
}

describe('SourceFiles', () => {
  test('leads a place of a compiled file back by the map beside it', () => {
    const file = compiled('a.js.map');
    writeFileSync(`${file}.map`, fromFile);
    const original = new SourceFiles().original({ file, ...place });
    expect(original).toEqual({ file: file.replace(/js$/, 'ts'), line: 5, column: 26, text: source });
  });

  test('reads a map in the file, and the source in the map', () => {
    const inline = JSON.stringify({ ...map, sources: ['b.ts'], sourcesContent: ['in the map'] });
    const file = compiled(`data:application/json;base64,${Buffer.from(inline).toString('base64')}`);
    const original = new SourceFiles().original({ file, ...place });
    expect(original).toMatchObject({ file: file.replace('a.js', 'b.ts'), line: 5, text: 'in the map' });
  });

  test.each([
    ['is not there', undefined],
    ['is none', '{'],
    ['lies elsewhere', JSON.stringify({ ...map, sources: ['https://example.com/a.ts'] })],
  ])('leaves a place as it is when the map %s', (_what, content) => {
    const file = compiled('a.js.map');
    if (content !== undefined) writeFileSync(`${file}.map`, content);
    const original = new SourceFiles().original({ file, ...place });
    expect(original).toEqual({ file, ...place, text: expect.stringContaining('fail()') });
  });

  test('gives no text of a file that has gone', () => {
    const file = compiled('nothing');
    rmSync(file);
    expect(new SourceFiles().original({ file, ...place })).toEqual({ file, ...place, text: undefined });
  });
});
