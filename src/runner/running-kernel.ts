import { randomUUID } from 'node:crypto';
import { KernelDiedError, KernelStartError } from '../base/errors.ts';
import { withTimeout } from '../base/with-timeout.ts';
import type { JupyterMessage } from '../kernel/wire/message.ts';
import { openChannels } from './kernel-channels.ts';
import { KernelClient } from './kernel-client.ts';
import { startKernelProcess } from './kernel-process.ts';

/** A kernel that answers. Disposing of it ends it, politely first. */
export interface RunningKernel extends AsyncDisposable {
  readonly client: KernelClient;
  /** What `kernel_info` said. */
  readonly info: JupyterMessage['content'];
  readonly pid: number;
  /** Resolves when the process has ended, with how it ended. */
  readonly ended: Promise<KernelDiedError>;
  /** Ends the kernel at once. */
  readonly kill: () => void;
}

/** How long a kernel may take for its first answer, and for its farewell. */
const startMs = 60_000;
const shutdownMs = 3000;

/**
 * Starts a kernel in the folder `cwd` and waits until it answers.
 *
 * @throws KernelStartError when it ends before that, or does not answer within a minute
 */
export async function startKernel(cwd: string, signal?: AbortSignal): Promise<RunningKernel> {
  const process = await startKernelProcess(cwd);
  const session = randomUUID();
  const channels = await openChannels(process.connection, session);
  const client = new KernelClient(channels, session);
  const passOnDeath = async (): Promise<void> => {
    const error = await process.ended;
    // What it put out last is still on its way.
    await client.quiet();
    client.fail(error);
  };
  void passOnDeath();

  const dispose = async (): Promise<void> => {
    const leave = client.shutdown().then(() => process.ended);
    await withTimeout(() => leave, { timeoutMs: shutdownMs, what: 'shutdown' }).catch(() => process.kill());
    await process.ended;
    channels.close();
  };
  try {
    const info = await withTimeout(() => client.ready(), {
      timeoutMs: startMs,
      what: 'the kernel',
      ...(signal && { signal }),
    });
    return { client, info, pid: process.pid, ended: process.ended, kill: process.kill, [Symbol.asyncDispose]: dispose };
  } catch (cause) {
    process.kill();
    await dispose();
    if (signal?.aborted === true) throw cause;
    const reason = cause instanceof KernelDiedError ? cause.message : 'the kernel did not answer within a minute';
    throw new KernelStartError(`the kernel could not be started: ${reason}`, { cause });
  }
}
