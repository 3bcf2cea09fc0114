import { createMessage, type JupyterMessage, WireError } from 'labmill/kernel';
import { describe, expect, test } from 'vitest';
import { Reception } from '../../../src/kernel/worker/reception.ts';
import { Sender } from '../../../src/kernel/worker/sender.ts';

/** A reception, what it has sent as `channel type`, and what it has handed over. */
function aReception() {
  const sent: JupyterMessage[] = [];
  const logged: string[] = [];
  const handedOver: string[] = [];
  const sender = new Sender({ send: (_channel, message) => void sent.push(message) });
  const reception = new Reception({ sender, version: '1.2.3', log: (line) => void logged.push(line) });
  const receive = (type: string): void =>
    reception.onMessage('shell', createMessage(type, {}, { session: 'client', idents: [Buffer.from('client')] }));
  const kernel = { onMessage: (_channel: string, { header }: JupyterMessage) => void handedOver.push(header.msg_type) };
  return { reception, sent, logged, handedOver, receive, kernel };
}

describe('the reception', () => {
  test('answers what clients ask first, before the kernel is there', async () => {
    const { reception, sent, receive } = aReception();
    receive('kernel_info_request');
    await reception.firstAnswer;
    expect(sent.map(({ header }) => header.msg_type)).toEqual(['status', 'kernel_info_reply', 'status']);
    expect(sent[1]).toMatchObject({ content: { implementation_version: '1.2.3' }, idents: [Buffer.from('client')] });
  });

  test('keeps what else comes for the kernel, in order', () => {
    const { reception, handedOver, receive, kernel } = aReception();
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
