import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** Lab 4's WebDAV server in a process of its own. */
export interface WebdavProcess {
  readonly url: string;
  readonly root: string;
  readonly user: string;
  readonly password: string;
  stop(): void;
}

/** Starts the server on a free port, with its files in `root`. */
export async function startWebdav(root: string): Promise<WebdavProcess> {
  const script = fileURLToPath(new URL('../../lab4/webdav-server.ts', import.meta.url));
  const [user, password] = ['bench', 'bench'];
  mkdirSync(root, { recursive: true });
  const child = spawn(process.execPath, [script, '--root', root, '--user', user], {
    env: { ...process.env, WEBDAV_PASSWORD: password },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [line] = (await once(child.stdout, 'data')) as [Buffer];
  return { url: line.toString().trim(), root, user, password, stop: () => child.kill() };
}
