import { createMessage, type JupyterMessage, WireError } from 'labmill/kernel';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { Reception } from '../../../src/kernel/worker/reception.ts';
import { Sender } from '../../../src/kernel/worker/sender.ts';

/** A reception, what it has sent, and what it has handed over. */
function aReception({ isRestart = false } = {}) {
  const sent: JupyterMessage[] = [];
  const logged: string[] = [];
  const handedOver: string[] = [];
  const sender = new Sender({ send: (_channel, message) => void sent.push(message) });
  const reception = new Reception({ sender, version: '1.2.3', log: (line) => void logged.push(line), isRestart });
  const receive = (type: string): void =>
    reception.onMessage('shell', createMessage(type, {}, { session: 'client', idents: [Buffer.from('client')] }));
  const kernel = { onMessage: (_channel: string, { header }: JupyterMessage) => void handedOver.push(header.msg_type) };
  const types = (): string[] => sent.map(({ header }) => header.msg_type);
  return { reception, sent, types, logged, handedOver, receive, kernel };
}

describe('the reception', () => {
  test('answers what clients ask first, before the kernel is there', async () => {
    const { reception, sent, types, receive } = aReception();
    reception.onSubscribe('');
    receive('kernel_info_request');
    await reception.firstAnswer;
    expect(types()).toEqual(['iopub_welcome', 'status', 'kernel_info_reply', 'status']);
    expect(sent[2]).toMatchObject({ content: { implementation_version: '1.2.3' }, idents: [Buffer.from('client')] });
  });

  test('answers when someone can hear what is broadcast', () => {
    const { reception, types, receive } = aReception();
    receive('kernel_info_request');
    expect(types()).toEqual([]);
    reception.onSubscribe('');
    expect(types()).toEqual(['iopub_welcome', 'status', 'kernel_info_reply', 'status']);
  });

  // libzmq's ZMQ_RECONNECT_IVL: 100 ms, and up to as much again at random.
  test.each([
    ['nobody hears what is broadcast', false],
    ['a kernel that died may have more of them', true],
  ])('lets clients come for 250 ms where %s', (_why, isRestart) => {
    vi.useFakeTimers();
    onTestFinished(() => void vi.useRealTimers());
    const { reception, types, handedOver, receive, kernel } = aReception({ isRestart });
    reception.begin();
    if (isRestart) reception.onSubscribe('');
    receive('execute_request');
    receive('kernel_info_request');
    vi.advanceTimersByTime(249);
    expect(types()).not.toContain('kernel_info_reply');
    vi.advanceTimersByTime(1);
    expect(types()).toContain('kernel_info_reply');
    reception.handOver(kernel);
    expect(handedOver).toEqual(['execute_request']);
  });

  test('keeps what else comes for the kernel, in order', () => {
    const { reception, handedOver, receive, kernel } = aReception();
    reception.onSubscribe('');
    receive('execute_request');
    receive('complete_request');
    reception.handOver(kernel);
    receive('kernel_info_request');
    expect(handedOver).toEqual(['execute_request', 'complete_request', 'kernel_info_request']);
  });

  // JEP 65: the message is sent on the topic that was subscribed to.
  test('welcomes who subscribes', () => {
    const { reception, sent } = aReception();
    reception.onSubscribe('topic');
    expect(sent).toMatchObject([{ header: { msg_type: 'iopub_welcome' }, content: { subscription: 'topic' } }]);
    expect(Buffer.from(sent[0]!.idents[0]!).toString()).toBe('topic');
  });

  test('names what it drops', () => {
    const { reception, logged } = aReception();
    reception.onInvalid('shell', new WireError('a frame is not JSON'));
    expect(logged).toEqual(['labmill kernel: a message on shell was dropped: a frame is not JSON']);
  });
});
