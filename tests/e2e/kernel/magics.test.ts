import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { TestClient } from '../../support/kernel-client.ts';

const folder = realpathSync(mkdtempSync(join(tmpdir(), 'labmill-test-')));
let client: TestClient;

beforeAll(async () => {
  client = await TestClient.start();
  await client.execute(`%cd ${folder}`);
});

afterAll(async () => {
  await client.close();
  rmSync(folder, { recursive: true });
});

describe('a command', () => {
  test('is heard while it runs', async () => {
    const request = await client.sendCell('!echo begun; sleep 100');
    await client.until(() => client.printedBy(request) === 'begun\n');
    await client.interrupt();
    expect((await client.resultOf(request)).reply).toMatchObject({ ename: 'KeyboardInterrupt' });
  });

  test('has printed everything before its cell ends', async () => {
    const { stdout } = await client.execute('!seq 1 20000');
    expect(stdout).toBe(Array.from({ length: 20_000 }, (_, index) => `${index + 1}\n`).join(''));
  });

  test('does not keep the cell waiting for what it leaves in the background', async () => {
    const { reply, stdout } = await client.execute('!sleep 30 & echo here');
    expect([reply['status'], stdout]).toEqual(['ok', 'here\n']);
  });

  test('shares its folder and its variables with code', async () => {
    const { stdout } = await client.execute(
      '%env SHARED=1\n!mkdir -p sub\n%cd sub\nprocess.env.SHARED += "2"\n!echo $SHARED $(basename "$PWD")\nconsole.log(process.cwd())',
    );
    expect(stdout).toBe(`env: SHARED=1\n${folder}/sub\n12 sub\n${folder}/sub\n`);
    await client.execute('%cd -');
  });

  test('gives its lines and its exit code', async () => {
    await client.execute('found = !printf "a\\nb"; exit 3');
    expect((await client.execute('[...found, _exitCode]')).shown).toBe("[ 'a', 'b', 3 ]");
  });
});

describe('an interrupt ends', () => {
  test.each([
    ['!echo begun; sleep 100'],
    ['console.log("begun")\nlines = !sleep 100'],
    ['%%bash\necho begun; sleep 100'],
    ['console.log("begun")\n%time for (;;);'],
    ['console.log("begun")\n%timeit -n 1 for (;;);'],
    ['console.log("begun")\n%timeit await new Promise(() => {})'],
    ['console.log("begun")\n%timeit -n 1000000 await new Promise((resolve) => setTimeout(resolve, 1))'],
  ])('%j', async (code) => {
    const request = await client.sendCell(code);
    await client.until(() => client.printedBy(request) !== '');
    await client.interrupt();
    expect((await client.resultOf(request)).reply).toMatchObject({ status: 'error', ename: 'KeyboardInterrupt' });
    expect((await client.execute('1 + 1')).shown).toBe('2');
  });
});

describe('a package', () => {
  test('brings magics, though it sees another copy of labmill than the kernel', async () => {
    const kernel = await client.execute(
      'import { registerCellMagic, registerLineMagic } from "labmill/kernel"\n' +
        'registerLineMagic("greet", { summary: "greets", run: (who) => `hello ${who}` })\n' +
        'registerCellMagic("count", { summary: "counts lines", run: (_args, body) => body.split("\\n").length })',
    );
    expect(kernel.reply).toMatchObject({ status: 'ok' });
    expect((await client.execute('const who = "you"\n%greet {who}')).shown).toBe("'hello you'");
    expect((await client.execute('%%count\na\nb\nc')).shown).toBe('3');
    expect((await client.execute('%gret you')).reply).toMatchObject({
      ename: 'UsageError',
      evalue: 'there is no magic %gret; did you mean %greet?',
    });
  });
});

describe('a magic', () => {
  test('displays its cell', async () => {
    const { published } = await client.execute('%%javascript\nelement.textContent = 1');
    expect(published.find(({ header }) => header.msg_type === 'display_data')?.content['data']).toEqual({
      'application/javascript': 'element.textContent = 1',
      'text/plain': 'element.textContent = 1',
    });
  });

  test('has a value', async () => {
    const { published } = await client.execute('%lsmagic');
    const result = published.find(({ header }) => header.msg_type === 'execute_result');
    expect(result?.content['data']).toMatchObject({
      'text/plain': expect.stringContaining('%%writefile'),
      'text/html': expect.stringContaining('<table'),
    });
  });

  test('asks the front end to show a page', async () => {
    expect((await client.execute('%cd?')).reply['payload']).toEqual([
      { source: 'page', start: 0, data: { 'text/plain': expect.stringMatching(/^%cd \[folder \| -\]\n/) } },
    ]);
  });

  test('is named with its line when what it times fails', async () => {
    const { reply } = await client.execute('function fail() { throw new Error("no") }\n\n%time fail()');
    expect(JSON.stringify(reply['traceback'])).toMatch(/line 3|:3:7/);
  });

  test('%reset makes later cells miss the names', async () => {
    await client.execute('const gone = 1');
    await client.execute('%reset -f');
    expect((await client.execute('gone')).reply).toMatchObject({ ename: 'ReferenceError' });
    expect((await client.execute('typeof gone')).shown).toBe("'undefined'");
  });
});
