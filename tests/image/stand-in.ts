import { execFileSync } from 'node:child_process';
import { copyFileSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** The certificates of a Debian machine; a mirror that it uses may have one that others do not know. */
const certificates = '/etc/ssl/certs/ca-certificates.crt';

/** As in Docker's Debian, apt keeps no copies of what it has installed, and dpkg does not wait for the disk. */
const packageSettings = {
  'etc/apt/apt.conf.d/docker-clean': `Dir::Cache::pkgcache "";
Dir::Cache::srcpkgcache "";
DPkg::Post-Invoke { "rm -f /var/cache/apt/archives/*.deb"; };
`,
  'etc/dpkg/dpkg.cfg.d/docker-apt-speedup': 'force-unsafe-io\n',
};

/**
 * Puts an image into the engines' store that stands in for `name` (`…/node:24-bookworm-slim`), which comes from a registry
 * that a test cannot count on: Debian as `debootstrap` makes it, the user `node`, Node and npm as npm has them. How this
 * machine reaches npm and Debian is written into it.
 */
export function provideStandIn(name: string): void {
  const version = readFileSync(new URL('../../.node-version', import.meta.url), 'utf8').trim();
  if (isInStore(name, version)) return;
  process.stderr.write(`making a stand-in for ${name}\n`);
  const container = run('buildah', ['from', 'scratch']).trim();
  try {
    const rootfs = run('buildah', ['mount', container]).trim();
    installDebian(rootfs, /-([a-z]+)-slim$/.exec(name)![1]!);
    installNode(rootfs, version);
    const path = 'PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';
    run('buildah', ['config', '--env', path, '--cmd', 'node', '--label', `stand-in=${version}`, container]);
    run('buildah', ['commit', '--quiet', '--format', 'docker', container, name]);
  } finally {
    run('buildah', ['rm', container]);
  }
}

function isInStore(name: string, version: string): boolean {
  const filters = [`reference=${name}`, `label=stand-in=${version}`].map((filter) => `--filter=${filter}`);
  return run('podman', ['images', '--quiet', ...filters]) !== '';
}

function installDebian(rootfs: string, release: string): void {
  const targets = ['Created-By: Packages', `Codename: ${release}`, 'Label: Debian'];
  const [mirror] = run('apt-get', ['indextargets', '--format', '$(REPO_URI)', ...targets]).split('\n');
  run('debootstrap', ['--variant=minbase', '--include=ca-certificates', release, rootfs, ...(mirror ? [mirror] : [])]);
  run('chroot', [rootfs, 'groupadd', '--gid=1000', 'node']);
  run('chroot', [rootfs, 'useradd', '--uid=1000', '--gid=node', '--create-home', 'node']);
  for (const [path, text] of Object.entries(packageSettings)) writeFileSync(join(rootfs, path), text);
  for (const kept of ['var/cache/apt', 'var/lib/apt/lists']) rmSync(join(rootfs, kept), { recursive: true });
  copyFileSync(certificates, join(rootfs, certificates));
}

function installNode(rootfs: string, version: string): void {
  const local = (path: string): string => {
    mkdirSync(dirname(join(rootfs, 'usr/local', path)), { recursive: true });
    return join(rootfs, 'usr/local', path);
  };
  const node = unpack(`node-linux-${process.arch}@${version}`, join(rootfs, 'tmp/node'));
  copyFileSync(join(node, 'bin/node'), local('bin/node'));
  unpack('npm@11', local('lib/node_modules/npm'));
  for (const name of ['npm', 'npx']) symlinkSync(`../lib/node_modules/npm/bin/${name}-cli.js`, local(`bin/${name}`));
  const registry = run('npm', ['config', 'get', 'registry']).trim();
  writeFileSync(local('etc/npmrc'), `registry=${registry}\ncafile=${certificates}\n`);
  rmSync(node, { recursive: true });
}

/** Unpacks a package of npm's registry into a folder, and returns the folder. */
function unpack(spec: string, folder: string): string {
  mkdirSync(folder, { recursive: true });
  const archive = join(folder, run('npm', ['pack', '--silent', '--pack-destination', folder, spec]).trim());
  run('tar', ['--extract', '--file', archive, '--directory', folder, '--strip-components=1', '--no-same-owner']);
  rmSync(archive);
  return folder;
}

/** Runs a program and returns what it prints; throws, with what it said on stderr, when it fails. */
function run(program: string, args: readonly string[]): string {
  return execFileSync(program, args, { encoding: 'utf8', maxBuffer: Infinity, stdio: ['ignore', 'pipe', 'pipe'] });
}
