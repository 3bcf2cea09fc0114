import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { TestClient } from '../../support/kernel-client.ts';

let client: TestClient;
beforeAll(async () => {
  client = await TestClient.start();
});
afterAll(() => client.close());

/** Texts that programs get wrong. */
const texts = [
  ['astral characters', '😀𝒳🏳️‍🌈'],
  ['right-to-left text', 'שלום عليكم \u202Ehidden\u202C'],
  ['characters of no width', 'a\u200Bb\u200Dc\uFEFFd\u00AD'],
  ['combining characters', 'e\u0301\u0327 Z͑ͫ̓ͪ̂ͫ̽͏̴̙̤̞͉͚̯̞̠͍A̴̵̜̰͔ͫ͗͢'],
  ['line and paragraph separators', 'a\u2028b\u2029c'],
  ['control characters', 'a\u0000b\u0007c\u007F'],
] as const;

describe.each(texts)('%s', (_what, text) => {
  test('are printed as they are', async () => {
    const { stdout, stderr } = await client.execute(
      `console.log(${JSON.stringify(text)}); console.error(${JSON.stringify(text)})`,
    );
    expect([stdout, stderr]).toEqual([`${text}\n`, `${text}\n`]);
  });

  test('are displayed as they are', async () => {
    const { published } = await client.execute(
      `void display({ [Symbol.for('Jupyter.display')]: () => ({ 'text/html': ${JSON.stringify(text)} }) })`,
    );
    const shown = published.find(({ header }) => header.msg_type === 'display_data')?.content['data'];
    expect(shown).toMatchObject({ 'text/html': text });
  });

  test('come back in the cell’s code and in messages of errors', async () => {
    const code = `throw new Error(${JSON.stringify(text)})`;
    const { published, reply } = await client.execute(code);
    expect(published.find(({ header }) => header.msg_type === 'execute_input')?.content['code']).toBe(code);
    expect(reply['ename']).toBe('Error');
  });
});

describe('half characters', () => {
  test.each([
    ['printed', 'console.log("a\\uD83Db")', 'a\uFFFDb\n'],
    ['in two writes', 'process.stdout.write("\\uD83D"); process.stdout.write("\\uDE00\\n")', '\uFFFD\uFFFD\n'],
  ])('that are %s become U+FFFD, as in a file', async (_what, code, expected) => {
    expect((await client.execute(code)).stdout).toBe(expected);
  });

  test('in what is displayed, in code and in errors reach no front end', async () => {
    const { published } = await client.execute(
      '/* \uD83D */ void display({ [Symbol.for("Jupyter.display")]: () => ({ "text/html": "\\uDE00" }) }); throw new Error("\\uD83D")',
    );
    const contents = published.map(({ content }) => content);
    expect(contents.find(({ data }) => data !== undefined)?.['data']).toMatchObject({ 'text/html': '\uFFFD' });
    expect(contents.find(({ code }) => code !== undefined)?.['code']).toMatch(/^\/\* \uFFFD \*\//);
    expect(contents.find(({ evalue }) => evalue !== undefined)?.['evalue']).toBe('\uFFFD');
  });

  test('of bytes in two writes are put together', async () => {
    const { stdout } = await client.execute(
      'for (const byte of Buffer.from("é😀")) process.stdout.write(Uint8Array.of(byte))',
    );
    expect(stdout).toBe('é😀');
  });
});

// The protocol counts characters, JavaScript UTF-16 units (messaging specification, "Completion", `cursor_pos`).
describe('positions behind astral characters', () => {
  test('of completion are characters', async () => {
    const reply = await client.ask('complete_request', { code: '"😀😀"; Mat', cursor_pos: 9 });
    expect(reply).toMatchObject({ matches: ['Math'], cursor_start: 6, cursor_end: 9 });
  });

  test('of inspection are characters', async () => {
    const reply = await client.ask('inspect_request', { code: '"😀😀"; Math', cursor_pos: 10, detail_level: 0 });
    expect(reply).toMatchObject({ found: true });
  });

  test('of syntax errors point at the place', async () => {
    const { reply } = await client.execute('const smile = "😀";\nconst = 1');
    expect((reply['traceback'] as string[]).join('\n')).toMatch(/line 2/);
  });

  test('and names of any script are names', async () => {
    expect((await client.execute('const числа = [1, 2], 変数 = 3, 𝒳 = 4; числа.length + 変数 + 𝒳')).shown).toBe('9');
  });
});
