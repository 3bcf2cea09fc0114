import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { KernelDiedError } from '../base/errors.ts';
import { kernelCommand } from '../kernel/kernel-command.ts';
import type { ConnectionInfo } from '../kernel/wire/connection-file.ts';
import { freePorts } from '../kernel/wire/free-ports.ts';
import { kernelDeath } from './kernel-death.ts';

/** A kernel's process. */
export interface KernelProcess {
  readonly connection: ConnectionInfo;
  readonly pid: number;
  /** Resolves when the process has ended, with how it ended. */
  readonly ended: Promise<KernelDiedError>;
  /** Ends the process and every process it has started, at once. */
  readonly kill: () => void;
}

/** How much is kept of what the kernel writes to its own stdout and stderr: V8's last words are long. */
const tailLength = 8000;

/** Beside this process's environment: nobody types these kernels' inputs, so they are kept in no history. */
const headless = { LABMILL_HISTORY: 'off' };

/** Starts a kernel in the folder `cwd`. Its connection file and sockets lie in a private folder, which goes with it. */
export async function startKernelProcess(cwd: string, env?: Readonly<Record<string, string>>): Promise<KernelProcess> {
  const folder = mkdtempSync(join(tmpdir(), 'labmill-'));
  const connection = await newConnection(folder);
  const connectionFile = join(folder, 'kernel.json');
  writeFileSync(connectionFile, JSON.stringify(connection), { mode: 0o600 });
  const kernel = spawnKernel(connectionFile, connection, cwd, env);
  const ended = kernel.ended.then((error) => {
    rmSync(folder, { recursive: true, force: true });
    return error;
  });
  return { ...kernel, ended };
}

/**
 * Starts a kernel on a connection file, in the folder `cwd`.
 * It leads a process group of its own, so that Ctrl-C in a terminal reaches this process only.
 *
 * @param env what its environment has beside this process's; default: `LABMILL_HISTORY=off`
 */
export function spawnKernel(
  connectionFile: string,
  connection: ConnectionInfo,
  cwd: string,
  env: Readonly<Record<string, string>> = headless,
): KernelProcess {
  const [command, ...args] = kernelCommand(connectionFile) as [string, ...string[]];
  const child = spawn(command, args, {
    cwd,
    detached: process.platform !== 'win32',
    stdio: ['ignore', 'pipe', 'pipe'],
    windowsHide: true,
    // Jupyter's convention: a kernel whose parent is gone ends.
    env: { ...process.env, JPY_PARENT_PID: String(process.pid), ...env },
  });
  const { pid = -1 } = child;
  let tail = '';
  const keep = (chunk: Buffer): void => {
    tail = (tail + chunk.toString()).slice(-tailLength);
  };
  child.stdout.on('data', keep);
  child.stderr.on('data', keep);

  const kill = (): void => killGroup(pid);
  const outlive = endWithThisProcess(pid);
  const ended = new Promise<KernelDiedError>((resolve) => {
    const onEnd = (error: KernelDiedError): void => {
      outlive();
      kill();
      resolve(error);
    };
    child.once('error', (cause) => {
      const end = { exitStatus: null, signal: null };
      onEnd(new KernelDiedError(`kernel died: ${command} could not be started: ${cause.message}`, end, { cause }));
    });
    // Not 'close': a grandchild that holds the pipes open must not delay the news.
    child.once('exit', (exitStatus, signal) => {
      setImmediate(() => onEnd(kernelDeath(pid, { exitStatus, signal }, tail)));
    });
  });
  return { connection, pid, ended, kill };
}

/** The kernels that end with this process. One listener serves them all: Node warns of many, and there may be many. */
const living = new Set<number>();
const killLiving = (): void => living.forEach(killGroup);

/** Has a kernel killed when this process exits; returns what takes that back. */
function endWithThisProcess(pid: number): () => void {
  if (living.size === 0) process.once('exit', killLiving);
  living.add(pid);
  return () => {
    living.delete(pid);
    if (living.size === 0) process.removeListener('exit', killLiving);
  };
}

/** Kills what is left of the group that `pid` leads; a group that is gone already is what we want. */
function killGroup(pid: number): void {
  if (pid <= 0) return;
  try {
    process.kill(process.platform === 'win32' ? pid : -pid, 'SIGKILL');
  } catch {
    // ESRCH: there is nobody left.
  }
}

/** Sockets are files in the private folder, so no two kernels can be given the same port; Windows has TCP only. */
async function newConnection(folder: string): Promise<ConnectionInfo> {
  const ports = process.platform === 'win32' ? await freePorts(5) : [1, 2, 3, 4, 5];
  const [shell, iopub, stdin, control, hb] = ports as [number, number, number, number, number];
  return {
    transport: process.platform === 'win32' ? 'tcp' : 'ipc',
    ip: process.platform === 'win32' ? '127.0.0.1' : join(folder, 'k'),
    shell_port: shell,
    iopub_port: iopub,
    stdin_port: stdin,
    control_port: control,
    hb_port: hb,
    key: randomUUID(),
    signature_scheme: 'hmac-sha256',
  };
}
