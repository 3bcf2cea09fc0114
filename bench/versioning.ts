import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { machine } from './support/machine.ts';
import { makeFiles, treeDigest } from './support/many-files.ts';
import { median } from './support/median.ts';
import { printTable } from './support/table.ts';
import { PeerRepository, type VersioningPeer, versioningPeers } from './support/versioning-peers.ts';
import { startWebdav, type WebdavProcess } from './support/webdav-process.ts';

/**
 * `labmill data` and the real `dvc` on the same files, command by command in turn, each as a user would start it: the
 * start of Node and of Python is in every figure. After each command both must have the same `.dvc` file and the same
 * data. First 10,000 files of 4 KB in a repository; then 1,000 pushed to and pulled from a folder and lab 4's WebDAV server.
 */
const rounds = Number(process.env['LABMILL_BENCH_ROUNDS'] ?? 5);
const trackedFiles = Number(process.env['LABMILL_BENCH_FILES'] ?? 10_000);
const transferredFiles = trackedFiles / 10;
const fileBytes = 4096;

/** A command to time, and what has to be so before it. */
interface Step {
  readonly name: string;
  readonly prepare?: (repository: PeerRepository) => void;
  readonly args: readonly string[];
}

const tracking: readonly Step[] = [
  { name: 'add', args: ['add', 'data'] },
  { name: 'add, unchanged', args: ['add', 'data'] },
  { name: 'status', args: ['status', '--json'] },
  { name: 'checkout', prepare: (repository) => repository.removeData(), args: ['checkout'] },
];

const transferring: readonly Step[] = ['folder', 'webdav'].flatMap((remote) => [
  { name: `push, ${remote}`, args: ['push', '--remote', remote] },
  { name: `push again, ${remote}`, args: ['push', '--remote', remote] },
  {
    name: `pull, ${remote}`,
    prepare: (repository) => repository.removeDataAndCache(),
    args: ['pull', '--remote', remote],
  },
]);

type Times = Map<string, Map<VersioningPeer, number[]>>;

/** Runs steps with all peers in turn, notes what they take, and throws when the peers come to different results. */
function compare(steps: readonly Step[], repositories: readonly PeerRepository[], digest: string, times: Times): void {
  for (const { name, prepare, args } of steps) {
    const byPeer = times.get(name) ?? new Map<VersioningPeer, number[]>();
    times.set(name, byPeer);
    for (const repository of repositories) {
      const { peer } = repository;
      prepare?.(repository);
      const { ms, stdout } = repository.run(...args);
      byPeer.set(peer, [...(byPeer.get(peer) ?? []), ms]);
      if (args[0] === 'status' && stdout.trim() !== '{}') throw new Error(`${peer.name}: status: ${stdout}`);
      if (treeDigest(repository.data) !== digest) throw new Error(`${peer.name}: ${name}: other data`);
    }
    const texts = new Set(repositories.map((repository) => repository.dvcFile()));
    if (texts.size > 1) throw new Error(`${name}: different .dvc files: ${[...texts].join('\n')}`);
  }
}

/** One round: new repositories for all peers, with new remotes; the order is that of `order`. */
function runRound(order: readonly VersioningPeer[], folder: string, webdav: WebdavProcess, times: Times): void {
  const made = (source: string) =>
    order.map((peer) => new PeerRepository(peer, mkdtempSync(join(folder, 'repository-')), source));
  const many = made(join(folder, 'many'));
  compare(tracking, many, treeDigest(join(folder, 'many')), times);
  const some = made(join(folder, 'some'));
  for (const repository of some) {
    repository.addRemotes(webdav);
    repository.run('add', 'data');
  }
  compare(transferring, some, treeDigest(join(folder, 'some')), times);
  for (const repository of [...many, ...some]) repository.remove();
}

async function run(peers: readonly VersioningPeer[]): Promise<Times> {
  const times: Times = new Map();
  const folder = mkdtempSync(join(tmpdir(), 'labmill-bench-'));
  const webdav = await startWebdav(join(folder, 'webdav'));
  try {
    makeFiles(join(folder, 'many'), trackedFiles, fileBytes);
    makeFiles(join(folder, 'some'), transferredFiles, fileBytes);
    for (let round = 1; round <= rounds; round++) {
      process.stderr.write(`round ${round} of ${rounds}\n`);
      runRound(round % 2 === 1 ? peers : peers.toReversed(), folder, webdav, times);
    }
    return times;
  } finally {
    webdav.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

const peers = versioningPeers();
if (peers.length < 2) {
  console.log('bench versioning: skipped, no dvc: put one on the PATH, or into .venv');
} else {
  const times = await run(peers);
  const rows = [...times].map(([name, byPeer]) => {
    const [ours, theirs] = peers.map((peer) => median(byPeer.get(peer)!) / 1000) as [number, number];
    return [name, ours.toFixed(2), theirs.toFixed(2), (theirs / ours).toFixed(1)];
  });
  const files = `${trackedFiles.toLocaleString('en')} files of 4 KB, ${transferredFiles.toLocaleString('en')} to push and pull`;
  const versions = peers.map(({ version }) => version).join(' and ');
  const title = `${files}. Medians of ${rounds} rounds, in turn. ${versions}. ${machine()}`;
  printTable(title, ['', 'labmill, s', 'dvc, s', 'times faster'], rows);
}
