import { mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { TestClient } from '../../support/kernel-client.ts';

const folder = realpathSync(mkdtempSync(join(tmpdir(), 'labmill-test-')));
let client: TestClient;

beforeAll(async () => {
  writeFileSync(join(folder, 'tsconfig.json'), '{ "compilerOptions": { "jsxFactory": "el" } }');
  client = await TestClient.start(folder);
});

afterAll(async () => {
  await client.close();
  rmSync(folder, { recursive: true });
});

describe('over real sockets', () => {
  test('JSX becomes calls of what tsconfig.json says, then of what a cell says', async () => {
    await client.execute('const el = (type: string) => `el ${type}`, h = (type: string) => `h ${type}`');
    expect((await client.execute('<b/>')).shown).toBe("'el b'");
    expect((await client.execute('/** @jsx h */ <b/>')).shown).toBe("'h b'");
    expect((await client.execute('<i/>')).shown).toBe("'h i'");
  });

  test('decorators and accessors work across cells', async () => {
    await client.execute('const twice = () => (x: number) => 2 * x\nclass Decorated { @twice a = 4; accessor b = 1 }');
    expect((await client.execute('const d = new Decorated(); d.b++; [d.a, d.b]')).shown).toBe('[ 8, 2 ]');
  });

  test('constant enums and namespaces are there in later cells', async () => {
    await client.execute('const enum Level { Low = 3 }\nnamespace Units { export const kilo = 1000 }');
    expect((await client.execute('Level.Low * Units.kilo')).shown).toBe('3000');
  });

  test.each([
    ['a decorated class', '@(() => {}) class A {\n  m(): void {\n    null.x\n  }\n}\nnew A().m()', '3:10'],
    ['JSX', 'const broken =\n  <b>\n    {null.x}\n  </b>', '3:11'],
    ['a namespace', 'namespace Broken {\n  export const a: number = null.x\n}', '2:33'],
    ['an enum', 'enum Failing {\n  A,\n  B = null.x,\n}', '3:12'],
  ])('tracebacks name the place in %s', async (_what, code, place) => {
    expect(await client.tracebackOf(code)).toMatch(new RegExp(String.raw`Cell \[\d+\]:${place}\b`));
  });

  test('a failed import is shown where it is written, though it comes first', async () => {
    expect(await client.tracebackOf('const a = 1\nimport { nope } from "node:path"')).toMatch(/Cell \[\d+\]:2:1|> 2/);
  });

  test.each([
    ['<b>', 'incomplete'],
    ['<b></b>', 'complete'],
    ['<b></i>', 'invalid'],
    ['@(() => {}) class A {}', 'complete'],
  ])('%j is %s', async (code, status) => {
    expect(await client.ask('is_complete_request', { code })).toMatchObject({ status });
  });
});
