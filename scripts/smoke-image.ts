import { once } from 'node:events';
import { createServer } from 'node:http';
import { setTimeout } from 'node:timers/promises';
import { execa } from 'execa';
import { findEngine } from '../src/cli/image/engine.ts';

/**
 * `npm run image:smoke`: starts the image of this commit as strictly confined as it is meant to be, waits until it is ready, asks
 * its built-in model about a flower, and stops it.
 */
const startTimeoutMs = 60_000;
const setosa = { 'sepal length (cm)': 5.1, 'sepal width (cm)': 3.5, 'petal length (cm)': 1.4, 'petal width (cm)': 0.2 };

// buildah builds, and runs nothing that has a name.
const engine = await findEngine(['docker', 'podman']);
const { stdout: image } = await execa('node', ['dist/cli/main.js', 'image', 'tag']);
const port = await freePort();
const url = `http://127.0.0.1:${port}`;
const confined = ['--no-healthcheck', '--read-only', '--tmpfs', '/tmp', '--cap-drop', 'all', '--network', 'host'];
const settings = ['--env', 'LABMILL_HOST=127.0.0.1', '--env', `LABMILL_PORT=${port}`];
const name = `labmill-smoke-${port}`;
const container = execa(engine, ['run', '--rm', '--name', name, ...confined, ...settings, image], {
  stdio: ['ignore', 2, 2],
  reject: false,
});

try {
  await Promise.race([ready(), container.then(() => fail('the container ended before it was ready'))]);
  const answer = await fetch(`${url}/predict`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(setosa),
  });
  const text = await answer.text();
  if (!answer.ok || !text.includes('setosa')) fail(`expected the prediction "setosa", got ${answer.status} ${text}`);
  console.log(`${image}: ready, and it knows a setosa: ${text}`);
} finally {
  await execa(engine, ['stop', name], { reject: false });
}
const { exitCode } = await container;
if (exitCode !== 0) fail(`expected exit code 0 after SIGTERM, got ${exitCode}`);

async function ready(): Promise<void> {
  const deadline = Date.now() + startTimeoutMs;
  while (Date.now() < deadline) {
    const answer = await fetch(`${url}/health/ready`).catch(() => undefined);
    if (answer?.ok === true) return;
    await setTimeout(100);
  }
  fail(`not ready after ${startTimeoutMs / 1000} s`);
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port: free } = server.address() as { port: number };
  server.close();
  await once(server, 'close');
  return free;
}

function fail(reason: string): never {
  throw new Error(`smoke test of ${image}: ${reason}`);
}
