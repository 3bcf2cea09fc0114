import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { delimiter, join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { execa } from 'execa';
import { DataRepository } from 'labmill/versioning';
import { describe, expect, inject, onTestFinished, test } from 'vitest';
import { startWebdavServer } from '../../lab4/webdav-server.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { account } from '../support/webdav.ts';

const python = inject('python');

/** Where a remote is, and the folder with its files. */
interface Place {
  readonly url: string;
  readonly root: string;
}

async function folder(): Promise<Place> {
  const root = temporaryFolder();
  return { url: root, root };
}

async function ours(): Promise<Place> {
  const root = temporaryFolder();
  const server = await startWebdavServer({ root, ...account });
  onTestFinished(() => server.close());
  return { url: server.url.replace('http:', 'webdav:'), root };
}

/** Starts wsgidav, which is not of our making. */
async function wsgidav(): Promise<Place> {
  const root = temporaryFolder();
  const port = await freePort();
  const config = join(temporaryFolder(), 'wsgidav.json');
  const settings = {
    host: '127.0.0.1',
    port,
    provider_mapping: { '/': root },
    http_authenticator: { accept_basic: true, accept_digest: false, default_to_digest: false },
    simple_dc: { user_mapping: { '*': { [account.user]: { password: account.password } } } },
    verbose: 0,
  };
  writeFileSync(config, JSON.stringify(settings));
  const child = spawn(join(python!, '..', 'wsgidav'), ['--config', config], { stdio: 'ignore' });
  onTestFinished(async () => {
    child.kill();
    await once(child, 'exit');
  });
  while (!(await fetch(`http://127.0.0.1:${port}/`).catch(() => undefined))) await wait(100);
  return { url: `webdav://127.0.0.1:${port}/`, root };
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  return typeof address === 'object' ? address!.port : 0;
}

/** Runs a program in a folder and returns what it printed; the server in this process goes on meanwhile. */
async function run(cwd: string, command: string, ...args: readonly string[]): Promise<string> {
  const env = {
    PATH: `${join(python!, '..')}${delimiter}${process.env['PATH'] ?? ''}`,
    DVC_NO_ANALYTICS: '1',
    DVC_SITE_CACHE_DIR: join(cwd, '.git', 'dvc'),
  };
  return (await execa(command, args, { cwd, env })).stdout;
}

/** Makes a repository with 200 files, among them an empty one, equal ones, a large one and odd names, and with a remote. */
async function repository(url: string): Promise<string> {
  const root = temporaryFolder();
  await run(root, 'git', 'init', '--quiet');
  await run(root, 'dvc', 'init', '--quiet');
  await run(root, 'dvc', 'remote', 'add', '--quiet', '--default', 'storage', url);
  if (url.startsWith('webdav:')) {
    await run(root, 'dvc', 'remote', 'modify', '--quiet', '--local', 'storage', 'user', account.user);
    await run(root, 'dvc', 'remote', 'modify', '--quiet', '--local', 'storage', 'password', account.password);
  }
  mkdirSync(join(root, 'data', 'größe 😀'), { recursive: true });
  for (let i = 0; i < 197; i++) writeFileSync(join(root, 'data', `${i}.csv`), `content ${i % 150}`);
  writeFileSync(join(root, 'data', 'größe 😀', 'a & b.txt'), '');
  writeFileSync(join(root, 'data', 'large'), 'large '.repeat(500_000));
  writeFileSync(join(root, 'data', 'one'), '1');
  return root;
}

/** A repository of the same remote and the same `data.dvc`, with nothing in its cache. */
function clone(root: string): string {
  const copy = temporaryFolder();
  cpSync(root, copy, { recursive: true });
  for (const name of ['data', '.dvc/cache', '.dvc/tmp', '.git/dvc']) {
    rmSync(join(copy, name), { recursive: true, force: true });
  }
  return copy;
}

/** All files below a folder with what is in them. */
function contents(root: string): Record<string, string> {
  const files = readdirSync(root, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const paths = files.map((file) => join(file.parentPath, file.name)).toSorted();
  return Object.fromEntries(paths.map((path) => [path.slice(root.length), readFileSync(path, 'latin1')]));
}

describe.skipIf(python === null).each([
  ['a folder', folder],
  ['the WebDAV server of lab 4', ours],
  ['wsgidav', wsgidav],
])('over %s', (_, start) => {
  test('dvc pulls what we push', async () => {
    const { url } = await start();
    const root = await repository(url);
    const data = DataRepository.open(root);
    await data.add(['data']);
    expect(await data.push()).toMatchObject({ transferred: 154, failed: [] });
    const other = clone(root);
    await run(other, 'dvc', 'pull', '--quiet');
    expect(contents(join(other, 'data'))).toEqual(contents(join(root, 'data')));
    expect(JSON.parse(await run(other, 'dvc', 'status', '--cloud', '--json'))).toEqual({});
  });

  test('we pull what dvc pushes, and have nothing to add', async () => {
    const { url, root: files } = await start();
    const root = await repository(url);
    await run(root, 'dvc', 'add', '--quiet', 'data');
    await run(root, 'dvc', 'push', '--quiet');
    const before = contents(files);
    const other = DataRepository.open(clone(root));
    await other.pull();
    expect(contents(join(other.root, 'data'))).toEqual(contents(join(root, 'data')));
    expect(await other.push()).toMatchObject({ transferred: 0, failed: [] });
    expect(contents(files)).toEqual(before);
  });
});
