import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { delimiter, dirname, join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** A running server to compare. */
export interface ServingPeer extends Disposable {
  readonly name: string;
  readonly url: string;
  /** What it is sent: the same row, in the form it takes. */
  readonly body: string;
}

/** How a server is started on a port. */
interface PeerPlan {
  readonly name: string;
  readonly command: readonly string[];
  readonly path: string;
  readonly body: object;
}

/** Starts one after the other: labmill with and without its log, bare Fastify, and the Python servers when there is Python. */
export async function startServingPeers(modelFile: string, folder: string, row: object): Promise<ServingPeer[]> {
  const python = peerPython();
  const plans = [...nodePlans(modelFile, row), ...(python === undefined ? [] : pythonPlans(python, folder, row))];
  const peers: ServingPeer[] = [];
  try {
    for (const plan of plans) peers.push(await start(plan, python));
    return peers;
  } catch (error) {
    for (const peer of peers) peer[Symbol.dispose]();
    throw error;
  }
}

function nodePlans(modelFile: string, body: object): PeerPlan[] {
  const labmill = [process.execPath, join(root, 'dist/cli/main.js'), 'serve', modelFile];
  return [
    {
      name: 'bare Fastify',
      command: [process.execPath, fileURLToPath(new URL('bare-fastify.ts', import.meta.url))],
      path: '/predict',
      body,
    },
    { name: 'labmill', command: labmill, path: '/predict', body },
    { name: 'labmill, no log of requests', command: [...labmill, '--log-level', 'warn'], path: '/predict', body },
  ];
}

function pythonPlans(python: string, folder: string, row: object): PeerPlan[] {
  const script = fileURLToPath(new URL('serving-peer.py', import.meta.url));
  const saved = join(folder, 'mlflow');
  const { status, stderr } = spawnSync(python, ['-P', script, 'mlflow', saved], { encoding: 'utf8' });
  if (status !== 0) throw new Error(`the model could not be saved for MLflow:\n${stderr}`);
  const mlflow = ['-P', '-m', 'mlflow', 'models', 'serve', '--model-uri', saved, '--env-manager', 'local', '--port'];
  const records = { dataframe_records: [row] };
  return [
    { name: 'FastAPI + scikit-learn', command: [python, '-P', script, 'sklearn'], path: '/predict', body: row },
    { name: 'FastAPI + onnxruntime', command: [python, '-P', script, 'onnx'], path: '/predict', body: row },
    { name: 'mlflow models serve', command: [python, ...mlflow], path: '/invocations', body: records },
  ];
}

/** The Python of `LABMILL_PYTHON`, or one in `.bench/` with `bench/requirements.txt`, made at the first run. */
function peerPython(): string | undefined {
  const { LABMILL_PYTHON } = process.env;
  if (LABMILL_PYTHON !== undefined) return LABMILL_PYTHON;
  const environment = join(root, '.bench/python');
  const python = join(environment, 'bin/python');
  const wanted = readFileSync(join(root, 'bench/requirements.txt'), 'utf8');
  const noted = join(environment, 'requirements.txt');
  if (existsSync(noted) && readFileSync(noted, 'utf8') === wanted) return python;
  process.stderr.write('installing bench/requirements.txt into .bench/python\n');
  const isMade =
    spawnSync('python3', ['-m', 'venv', environment]).status === 0 &&
    spawnSync(python, ['-m', 'pip', 'install', '--quiet', '-r', join(root, 'bench/requirements.txt')]).status === 0;
  if (isMade) writeFileSync(noted, wanted);
  else process.stderr.write('no Python, so the Python servers are left out\n');
  return isMade ? python : undefined;
}

async function start(plan: PeerPlan, python: string | undefined): Promise<ServingPeer> {
  process.stderr.write(`starting ${plan.name}\n`);
  const port = String(await freePort());
  const [program, ...args] = plan.command as [string, ...string[]];
  const isLabmill = plan.command.includes('serve') && program === process.execPath;
  const child = spawn(program, [...args, ...(isLabmill ? ['--port'] : []), port], {
    // MLflow starts uvicorn by its name.
    env: { ...process.env, PATH: [python === undefined ? '' : dirname(python), process.env['PATH']].join(delimiter) },
    stdio: 'ignore',
    detached: true,
  });
  const peer = {
    name: plan.name,
    url: `http://127.0.0.1:${port}${plan.path}`,
    body: JSON.stringify(plan.body),
    // With its children: MLflow's server is one of its command.
    [Symbol.dispose]: () => void process.kill(-child.pid!, 'SIGKILL'),
  };
  await answering(peer, child);
  return peer;
}

async function answering({ name, url, body }: { name: string; url: string; body: string }, child: ChildProcess) {
  for (let attempt = 0; attempt < 600 && child.exitCode === null; attempt++) {
    const answer = await fetch(url, { method: 'POST', headers: { 'content-type': 'application/json' }, body }).catch(
      () => undefined,
    );
    if (answer?.ok === true) return;
    await wait(200);
  }
  throw new Error(`${name}: expected it to answer at ${url}`);
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as { port: number };
  server.close();
  return port;
}
