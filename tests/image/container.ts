import { execa } from 'execa';
import { expect, inject, vi } from 'vitest';
import { refusingUrl } from '../support/http-server.ts';

/** All that a container can be denied; every test runs the image with it. */
const locked = ['--read-only', '--tmpfs=/tmp', '--cap-drop=all', '--security-opt=no-new-privileges'];

/** How long a container may take to be ready. */
const readyTimeoutMs = 30_000;

/** A container that serves. */
export interface Container extends AsyncDisposable {
  readonly name: string;
  readonly url: string;
}

/** The image under test; null when there is none. */
export const image: string | null = inject('image') ?? null;

/** How a program ended, and what it said. */
export interface Ended {
  readonly exitCode: number | undefined;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs podman and returns how it went. */
export async function podman(...args: readonly string[]): Promise<Ended> {
  const { exitCode, stdout, stderr } = await execa('podman', args, { reject: false });
  return { exitCode, stdout, stderr };
}

/** Runs the image to its end. */
export function runImage(flags: readonly string[], ...args: readonly string[]): Promise<Ended> {
  return podman('run', '--rm', '--no-healthcheck', ...locked, ...flags, image!, ...args);
}

/** Starts the image on a free port of this machine, and returns when it says that it is ready. */
export async function serveImage(flags: readonly string[] = [], ...args: readonly string[]): Promise<Container> {
  const url = await refusingUrl();
  const port = `--env=LABMILL_PORT=${new URL(url).port}`;
  // Without systemd nobody would run the check from time to time; the tests run it by hand.
  const detached = ['--detach', '--health-interval=disable', port];
  const { stdout, stderr, exitCode } = await podman('run', ...detached, ...locked, ...flags, image!, ...args);
  if (exitCode !== 0) throw new Error(`podman run: ${stderr}`);
  const name = stdout.trim();
  const remove = async (): Promise<void> => void (await podman('rm', '--force', '--time=0', name));
  try {
    await vi.waitFor(async () => expect((await fetch(`${url}/health/ready`)).ok).toBe(true), {
      timeout: readyTimeoutMs,
      interval: 50,
    });
  } catch (error) {
    const logs = await podman('logs', name);
    await remove();
    throw new Error(`the container did not become ready:\n${logs.stdout}${logs.stderr}`, {
      cause: error,
    });
  }
  return { name, url, [Symbol.asyncDispose]: remove };
}
