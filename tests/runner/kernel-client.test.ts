import { describe, expect, test } from 'vitest';
import { KernelClient } from '../../src/runner/kernel-client.ts';
import { fakeChannels } from '../support/fake-kernel.ts';

const idle = { execution_state: 'idle' };

describe('KernelClient', () => {
  test('hands a request its own broadcasts and no others', async () => {
    const seen: unknown[] = [];
    const channels = fakeChannels((_, { broadcast, reply }) => {
      broadcast('stream', { name: 'stdout', text: 'x' });
      broadcast('status', idle);
      reply({ status: 'ok' });
    });
    const client = new KernelClient(channels, 'session');
    await client.interrupt();
    await client.execute('1', ({ header }) => seen.push(header.msg_type));
    expect(seen).toEqual(['stream', 'status']);
  });

  test('waits for the output that comes after the reply, up to idle', async () => {
    const seen: unknown[] = [];
    const channels = fakeChannels((_, { broadcast, reply }) => {
      reply({ status: 'ok' });
      setImmediate(() => {
        broadcast('stream', { name: 'stdout', text: 'late' });
        broadcast('status', idle);
      });
    });
    await new KernelClient(channels, 'session').execute('1', ({ content }) => seen.push(content['text']));
    expect(seen).toEqual(['late', undefined]);
  });

  test('asks for kernel_info again when its broadcasts were not heard', async () => {
    let asked = 0;
    const channels = fakeChannels((_, { broadcast, reply }) => {
      reply({ implementation: 'fake' });
      if (++asked === 2) broadcast('status', idle);
    });
    expect(await new KernelClient(channels, 'session').ready()).toEqual({ implementation: 'fake' });
    expect(asked).toBe(2);
  });

  test('sends what the protocol asks for, in its session', async () => {
    const channels = fakeChannels((_, { broadcast, reply }) => {
      broadcast('status', idle);
      reply({ status: 'ok' });
    });
    const client = new KernelClient(channels, 'session');
    await client.execute('1 + 1', () => {});
    await client.shutdown();
    expect(channels.sent.map(({ header, content }) => [header.msg_type, header.session, content])).toMatchObject([
      ['execute_request', 'session', { code: '1 + 1', silent: false, store_history: true, allow_stdin: false }],
      ['shutdown_request', 'session', { restart: false }],
    ]);
  });

  test('fails what waits, and what is asked later, when the kernel is gone', async () => {
    const client = new KernelClient(
      fakeChannels(() => {}),
      'session',
    );
    const running = client.execute('1', () => {});
    await Promise.resolve();
    client.fail(new Error('gone'));
    await expect(running).rejects.toThrow('gone');
    await expect(client.interrupt()).rejects.toThrow('gone');
  });
});
