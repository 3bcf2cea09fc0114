import type { KernelDiedError } from '../../src/base/errors.ts';
import { createMessage, type JupyterMessage } from '../../src/kernel/wire/message.ts';
import type { KernelChannels, RequestChannel } from '../../src/runner/kernel-channels.ts';
import { KernelClient } from '../../src/runner/kernel-client.ts';
import type { RunningKernel } from '../../src/runner/running-kernel.ts';

type Content = Record<string, unknown>;

/** What a fake kernel does with a request: `broadcast` on iopub, `reply` on the request's channel. */
export type Respond = (
  request: JupyterMessage,
  answer: { broadcast: (type: string, content: Content) => void; reply: (content: Content) => void },
) => void;

/** A kernel's end of the channels, played by a function. */
export function fakeChannels(respond: Respond): KernelChannels & { readonly sent: JupyterMessage[] } {
  let listener: Parameters<KernelChannels['listen']>[0] = () => {};
  const sent: JupyterMessage[] = [];
  return {
    sent,
    send: async (channel: RequestChannel, request) => {
      sent.push(request);
      const answer = (type: string, content: Content): JupyterMessage =>
        createMessage(type, content, { session: 'kernel', parentHeader: request.header });
      const replyType = request.header.msg_type.replace('_request', '_reply');
      respond(request, {
        broadcast: (type, content) => listener('iopub', answer(type, content)),
        reply: (content) => listener(channel, answer(replyType, content)),
      });
    },
    listen: (given) => {
      listener = given;
    },
    close: () => {},
  };
}

/** What a cell of a fake kernel does: broadcasts, and returns the content of its reply; `undefined` never ends. */
export type Play = (broadcast: (type: string, content: Content) => void) => Content | void;

/**
 * A running kernel whose cells are played by functions, by source. An interrupt ends the cell that hangs, unless
 * `isDeaf`; `kill` is noted; `die` ends it.
 */
export function fakeKernel(
  plays: Readonly<Record<string, Play>>,
  { isDeaf = false } = {},
): RunningKernel & { kills: number; die: (error: KernelDiedError) => void } {
  let endHanging = (): void => {};
  let count = 0;
  const channels = fakeChannels((request, { broadcast, reply }) => {
    if (request.header.msg_type === 'interrupt_request') {
      reply({ status: 'ok' });
      return isDeaf ? undefined : endHanging();
    }
    const executionCount = ++count;
    const end = (content: Content): void => {
      reply({ execution_count: executionCount, ...content });
      broadcast('status', { execution_state: 'idle' });
    };
    broadcast('status', { execution_state: 'busy' });
    const content = plays[String(request.content['code'])]?.(broadcast);
    if (content !== undefined) return end(content);
    endHanging = () => end({ status: 'error', ename: 'KeyboardInterrupt', evalue: '', traceback: [] });
  });
  const { promise: ended, resolve } = Promise.withResolvers<KernelDiedError>();
  const kernel = {
    client: new KernelClient(channels, 'client'),
    info: { language_info: { name: 'typescript' } },
    pid: 1,
    ended,
    die: (error: KernelDiedError) => {
      resolve(error);
      kernel.client.fail(error);
    },
    kills: 0,
    kill: () => void kernel.kills++,
    [Symbol.asyncDispose]: async () => {},
  };
  return kernel;
}
