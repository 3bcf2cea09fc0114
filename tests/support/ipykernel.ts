import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { KernelDiedError } from 'labmill';
import type { KernelProcess } from '../../src/runner/kernel-process.ts';

/** Starts Jupyter's own kernel for Python, as `startKernelProcess` starts ours. Its files go with it. */
export function startIpykernel(python: string): KernelProcess {
  const folder = mkdtempSync(join(tmpdir(), 'labmill-test-'));
  const connection = {
    transport: 'ipc',
    ip: join(folder, 'k'),
    shell_port: 1,
    iopub_port: 2,
    stdin_port: 3,
    control_port: 4,
    hb_port: 5,
    key: randomUUID(),
    signature_scheme: 'hmac-sha256',
  } as const;
  const file = join(folder, 'kernel.json');
  writeFileSync(file, JSON.stringify(connection));
  const child = spawn(python, ['-m', 'ipykernel_launcher', '-f', file], {
    cwd: folder,
    detached: true,
    stdio: 'ignore',
    env: { ...process.env, IPYTHONDIR: folder },
  });
  const ended = once(child, 'exit').then(([exitStatus, signal]: (number | string | null)[]) => {
    rmSync(folder, { recursive: true, force: true });
    const how = { exitStatus: exitStatus as number | null, signal: signal as string | null };
    return new KernelDiedError('ipykernel has ended', how);
  });
  return { connection, pid: child.pid!, ended, kill: () => void child.kill('SIGKILL') };
}
