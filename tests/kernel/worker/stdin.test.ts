import { MessageChannel, receiveMessageOnPort } from 'node:worker_threads';
import { createMessage, type JupyterMessage } from 'labmill/kernel';
import { describe, expect, test } from 'vitest';
import type { Answer, Question } from '../../../src/kernel/thread-messages.ts';
import { Sender } from '../../../src/kernel/worker/sender.ts';
import { Stdin } from '../../../src/kernel/worker/stdin.ts';

const idents = [Buffer.from('client')];

function aCell(content: Record<string, unknown> = { allow_stdin: true }): JupyterMessage {
  return createMessage('execute_request', content, { session: 'client', idents });
}

function aReply(parent?: JupyterMessage, value: unknown = 'Ada', from = idents): JupyterMessage {
  const origin = { session: 'client', idents: from, ...(parent && { parentHeader: parent.header }) };
  return createMessage('input_reply', { value }, origin);
}

/** A question on its way; `answer` is what the runtime thread, which waits for it, has got so far. */
function aQuestion() {
  const { port1, port2 } = new MessageChannel();
  const answered = new Int32Array(new SharedArrayBuffer(4));
  const question: Question = { type: 'question', cell: 1, prompt: 'name? ', isPassword: false, port: port2, answered };
  const answer = (): Answer | undefined =>
    answered[0] === 0 ? undefined : (receiveMessageOnPort(port1)?.message as Answer);
  return { question, answer };
}

function aStdin(cell: JupyterMessage | undefined) {
  const sent: JupyterMessage[] = [];
  const { ask } = new Sender({ send: (_channel, message) => void sent.push(message) });
  return { stdin: new Stdin({ ask, requestOf: () => cell }), sent };
}

describe('Stdin', () => {
  test('asks the client whose cell asks', () => {
    const cell = aCell();
    const { stdin, sent } = aStdin(cell);
    stdin.ask(aQuestion().question);
    expect(sent).toMatchObject([{ idents, parentHeader: cell.header, header: { msg_type: 'input_request' } }]);
    expect(sent[0]?.content).toEqual({ prompt: 'name? ', password: false });
  });

  test.each([
    ['a text', 'Ada', { status: 'ok', text: 'Ada' }],
    ['nothing', '', { status: 'ok', text: '' }],
    ['the end of the input', '\u0004', { status: 'end' }],
    ['no text', 5, { status: 'end' }],
  ])('hands on %s', (_what, value, expected) => {
    const { stdin, sent } = aStdin(aCell());
    const { question, answer } = aQuestion();
    stdin.ask(question);
    stdin.onMessage(aReply(sent[0], value));
    expect(answer()).toEqual(expected);
  });

  test('takes a reply without a parent', () => {
    const { stdin } = aStdin(aCell());
    const { question, answer } = aQuestion();
    stdin.ask(question);
    stdin.onMessage(aReply());
    expect(answer()).toEqual({ status: 'ok', text: 'Ada' });
  });

  test.each([
    ['to another question', () => aReply(createMessage('input_request', {}, { session: 'kernel' }))],
    ['of another client', (asked: JupyterMessage) => aReply(asked, 'Eve', [Buffer.from('other')])],
    ['of another type', () => createMessage('execute_request', { value: '' }, { session: 'client', idents })],
  ])('drops a reply %s', (_what, reply) => {
    const { stdin, sent } = aStdin(aCell());
    const { question, answer } = aQuestion();
    stdin.ask(question);
    stdin.onMessage(reply(sent[0]!));
    expect(answer()).toBeUndefined();
  });

  test('drops a reply when nothing was asked', () => {
    const { stdin } = aStdin(aCell());
    expect(() => stdin.onMessage(aReply())).not.toThrow();
  });

  test('ends a question with an interrupt, and drops the reply that comes then', () => {
    const { stdin, sent } = aStdin(aCell());
    const { question, answer } = aQuestion();
    stdin.ask(question);
    stdin.interrupt();
    stdin.onMessage(aReply(sent[0]));
    expect(answer()).toEqual({ status: 'interrupted' });
  });

  test.each([
    ['of a cell that has ended', undefined, 'the cell that asks has ended'],
    ['where nobody can be asked', aCell({}), 'allow_stdin to false'],
  ])('refuses a question %s', (_what, cell, reason) => {
    const { stdin, sent } = aStdin(cell);
    const { question, answer } = aQuestion();
    stdin.ask(question);
    expect(answer()).toEqual({ status: 'refused', reason: expect.stringContaining(reason) });
    expect(sent).toEqual([]);
  });
});
