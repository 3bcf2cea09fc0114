import { setTimeout as wait } from 'node:timers/promises';
import { createMessage, decodeMessage, encodeMessage, endpoint } from 'labmill/kernel';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { Dealer } from 'zeromq';
import { type CellResult, TestClient } from '../../support/kernel-client.ts';

let client: TestClient;
beforeAll(async () => {
  client = await TestClient.start();
});
afterAll(() => client.close());

/** Runs a cell that asks once, and answers. */
async function answered(code: string, value: string): Promise<CellResult> {
  const cell = await client.sendCell(code, { allow_stdin: true });
  await client.reply(value, await client.questionOf(cell));
  return client.resultOf(cell);
}

function aDealer(routingId: string): Dealer {
  const dealer = new Dealer({ linger: 0, routingId });
  onTestFinished(() => dealer.close());
  return dealer;
}

describe('input', () => {
  test.each([
    ['a cell', 'input("name? ")'],
    ['an awaiting cell', 'await 1; input("name? ")'],
    ['an awaited call', 'await input("name? ")'],
    ['a function', 'function f() { return input("name? ") }\nf()'],
    ['a callback', 'await new Promise((resolve) => setTimeout(() => resolve(input("name? ")), 1))'],
    ['a promise callback', 'await Promise.resolve().then(() => input("name? "))'],
  ])('returns the answer in %s', async (_where, code) => {
    expect((await answered(code, 'Ada')).shown).toBe("'Ada'");
  });

  test('asks the client that runs the cell, on behalf of the cell', async () => {
    const cell = await client.sendCell('input("name? ", { password: true })', { allow_stdin: true });
    const question = await client.questionOf(cell);
    await client.reply('', question);
    expect(question.header.msg_type).toBe('input_request');
    expect(question.content).toEqual({ prompt: 'name? ', password: true });
    expect(question.parentHeader).toEqual(cell.header);
    await client.resultOf(cell);
  });

  test('shows before it asks what was printed before', async () => {
    const cell = await client.sendCell('for (let i = 0; i < 100; i++) console.log(i);\ninput()', { allow_stdin: true });
    const question = await client.questionOf(cell);
    await client.until(() => client.printedBy(cell).endsWith('99\n'));
    await client.reply('', question);
    await client.resultOf(cell);
  });

  test('returns long answers of any characters whole', async () => {
    const text = '😀\u202Eعربي "\\\n'.repeat(100_000);
    expect((await answered('const text = input(); text.length', text)).shown).toBe(String(text.length));
    expect((await client.execute(`text === ${JSON.stringify(text.slice(0, 11))}.repeat(100_000)`)).shown).toBe('true');
  });

  test('asks again and again', async () => {
    const cell = await client.sendCell('[input("a"), input("b")]', { allow_stdin: true });
    await client.reply(
      '1',
      await client.until(() => client.questions.find(({ content }) => content['prompt'] === 'a')),
    );
    await client.reply(
      '2',
      await client.until(() => client.questions.find(({ content }) => content['prompt'] === 'b')),
    );
    expect((await client.resultOf(cell)).shown).toBe("[ '1', '2' ]");
  });

  test('takes a reply without a parent, as older clients send it', async () => {
    const cell = await client.sendCell('input()', { allow_stdin: true });
    await client.questionOf(cell);
    await client.reply('old');
    expect((await client.resultOf(cell)).shown).toBe("'old'");
  });

  test('takes no reply to another question, and none of another client', async () => {
    const before = client.questions.at(-1);
    const stranger = await TestClient.connect(client.process);
    onTestFinished(() => stranger.disconnect());
    const cell = await client.sendCell('input()', { allow_stdin: true });
    const question = await client.questionOf(cell);
    await client.reply('late', before);
    await stranger.reply('foreign', question);
    // Long enough for them to arrive.
    await wait(100);
    await client.reply('mine', question);
    expect((await client.resultOf(cell)).shown).toBe("'mine'");
  });

  test('reaches a client that connects its stdin socket last', async () => {
    const { connection } = client.process;
    const [shell, stdin] = [aDealer('late'), aDealer('late')];
    const cell = createMessage('execute_request', { code: 'input("late? ")', allow_stdin: true }, { session: 'late' });
    shell.connect(endpoint(connection, connection.shell_port));
    await shell.send(encodeMessage(cell, connection.key));
    await client.until(() => client.about(cell).some(({ header }) => header.msg_type === 'execute_input'));
    stdin.connect(endpoint(connection, connection.stdin_port));
    expect(decodeMessage(await stdin.receive(), connection.key).content).toMatchObject({ prompt: 'late? ' });
    await client.interrupt();
    await client.storyOf(cell);
  });

  test('ignores a second reply', async () => {
    const cell = await client.sendCell('input()', { allow_stdin: true });
    const question = await client.questionOf(cell);
    await client.reply('first', question);
    await client.reply('second', question);
    expect((await client.resultOf(cell)).shown).toBe("'first'");
    expect((await answered('input()', 'third')).shown).toBe("'third'");
  });

  test('throws when the input is closed', async () => {
    expect((await answered('input()', '\u0004')).reply).toMatchObject({
      ename: 'EndOfInputError',
      evalue: 'input: the input was closed without an answer',
    });
  });

  test.each([{ allow_stdin: false }, {}])('throws when nobody can be asked: %j', async (options) => {
    expect((await client.execute('input("name? ")', options)).reply).toMatchObject({
      ename: 'StdinNotAllowedError',
      evalue: 'input: nobody can be asked: whoever runs this cell has set allow_stdin to false',
    });
  });

  test('throws in a callback whose cell has ended', async () => {
    const cell = await client.sendCell('setTimeout(() => input(), 10); 1', { allow_stdin: true });
    await client.until(() => client.printedBy(cell, 'stderr') !== '');
    expect(client.printedBy(cell, 'stderr')).toContain('input: the cell that asks has ended');
  });

  test('leaves the kernel answering while it waits', async () => {
    const cell = await client.sendCell('input()', { allow_stdin: true });
    const question = await client.questionOf(cell);
    expect(await client.ask('kernel_info_request', {}, 'control')).toMatchObject({ status: 'ok' });
    expect(await client.ask('is_complete_request', { code: '1' })).toMatchObject({ status: 'complete' });
    await client.reply('', question);
    await client.resultOf(cell);
  });
});

describe('an interrupt of input', () => {
  const ways = [
    ['a message', () => client.interrupt()],
    ['SIGINT', async () => void process.kill(client.process.pid, 'SIGINT')],
  ] as const;
  const places = [
    ['a cell', 'input()'],
    ['an awaiting cell', 'await 1; input()'],
    ['a callback', 'setTimeout(() => input(), 1); await new Promise(() => {})'],
  ] as const;
  const cases = ways.flatMap(([way, interrupt]) => places.map(([where, code]) => ({ way, where, code, interrupt })));

  test.each(cases)('by $way ends $where', async ({ code, interrupt }) => {
    const cell = await client.sendCell(code, { allow_stdin: true });
    const question = await client.questionOf(cell);
    await interrupt();
    expect((await client.resultOf(cell)).reply).toMatchObject({ status: 'error', ename: 'KeyboardInterrupt' });
    await client.reply('too late', question);
    expect((await answered('input()', 'next')).shown).toBe("'next'");
  });

  test('reaches code that tries again and again', async () => {
    const cell = await client.sendCell('for (;;) try { input() } catch {}', { allow_stdin: true });
    await client.questionOf(cell);
    await client.interrupt();
    expect((await client.resultOf(cell)).reply).toMatchObject({ ename: 'KeyboardInterrupt' });
    expect((await client.execute('1 + 1')).shown).toBe('2');
  });

  test('lets the cell clean up', async () => {
    const cell = await client.sendCell('try { input() } finally { console.log("cleaned up") }', { allow_stdin: true });
    await client.questionOf(cell);
    await client.interrupt();
    expect((await client.resultOf(cell)).stdout).toBe('cleaned up\n');
  });
});

describe('the browser’s functions', () => {
  test.each([
    ['prompt("age?")', '36', 'age? ', "'36'"],
    ['prompt("age?", "18")', '', 'age? [18] ', "'18'"],
    ['prompt("age?")', '', 'age? ', "''"],
    ['prompt("age?")', '\u0004', 'age? ', 'null'],
    ['confirm("sure?")', 'y', 'sure? [y/N] ', 'true'],
    ['confirm("sure?")', ' Yes ', 'sure? [y/N] ', 'true'],
    ['confirm("sure?")', '', 'sure? [y/N] ', 'false'],
    ['confirm("sure?")', '\u0004', 'sure? [y/N] ', 'false'],
    ['alert("done"); 1', '', 'done [Enter] ', '1'],
  ])('%s answered %j', async (code, value, prompt, shown) => {
    expect((await answered(code, value)).shown).toBe(shown);
    expect(client.questions.at(-1)?.content).toEqual({ prompt, password: false });
  });

  test.each(['prompt', 'confirm', 'alert'])('%s throws when nobody can be asked', async (name) => {
    expect((await client.execute(`${name}("?")`)).reply).toMatchObject({
      evalue: expect.stringContaining(`${name}: `),
    });
  });
});

test('process.stdin is empty', async () => {
  const code = 'let text = ""; for await (const chunk of process.stdin) text += chunk; text';
  expect((await client.execute(code)).shown).toBe("''");
});

test('a kernel that waits for an answer shuts down at once', async () => {
  const other = await TestClient.start();
  onTestFinished(() => other.close());
  const cell = await other.sendCell('input()', { allow_stdin: true });
  await other.questionOf(cell);
  expect(await other.ask('shutdown_request', { restart: true }, 'control')).toEqual({ status: 'ok', restart: true });
  expect(await other.process.ended).toMatchObject({ exitStatus: 0, signal: null });
});
