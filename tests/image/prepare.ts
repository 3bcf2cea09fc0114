import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { TestProject } from 'vitest/node';
import { provideStandIn } from './stand-in.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** The image that was built, or null on a machine that cannot build one: then the tests skip themselves. */
    readonly image: string | null;
  }
}

const root = fileURLToPath(new URL('../..', import.meta.url));
const cache = join(root, '.cache/image');
const tools = ['buildah', 'podman', 'runc', 'debootstrap', 'docker-registry'];

/**
 * Builds the image with `labmill image build` from the Dockerfile as it stands, on a stand-in for its base image.
 * Everything is kept in `.cache/image`, so that the next time only what has changed is built. With LABMILL_REQUIRE_ALL
 * set, a machine without the tools fails instead of skipping.
 */
export function setup(project: TestProject): void {
  const missing = missingHere();
  if (missing.length > 0) {
    const failure = `expected Linux, root and ${tools.join(', ')}; missing: ${missing.join(', ')}`;
    if (process.env['LABMILL_REQUIRE_ALL']) throw new Error(failure);
    process.stderr.write(`the tests of the image are skipped: ${failure}\n`);
    project.provide('image', null);
    return;
  }
  configureEngines();
  const [, base] = /^ARG NODE_IMAGE=(\S+)$/m.exec(readFileSync(join(root, 'Dockerfile'), 'utf8'))!;
  provideStandIn(base!);
  project.provide('image', buildImage());
}

function missingHere(): string[] {
  const missing = tools.filter((tool) => spawnSync(tool, ['--version']).error !== undefined);
  if (process.platform !== 'linux') missing.unshift('Linux');
  if (process.getuid?.() !== 0) missing.unshift('root');
  return missing;
}

/** Points buildah and podman to a store of our own, and to a way of running that works in a container, too. */
function configureEngines(): void {
  mkdirSync(cache, { recursive: true });
  const files = {
    CONTAINERS_STORAGE_CONF: `[storage]
driver = "overlay"
graphroot = ${JSON.stringify(join(cache, 'store'))}
runroot = ${JSON.stringify(join(cache, 'run'))}
`,
    // Their own defaults ask for crun, for systemd's cgroups and for more files than a container may raise its limit to.
    CONTAINERS_CONF: `[containers]
netns = "host"
default_ulimits = ["nofile=4096:4096", "nproc=4096:4096"]
[engine]
runtime = "runc"
cgroup_manager = "cgroupfs"
events_logger = "file"
`,
  };
  for (const [variable, text] of Object.entries(files)) {
    const path = join(cache, `${variable.toLowerCase()}.conf`);
    writeFileSync(path, text);
    process.env[variable] = path;
  }
  process.env['BUILDAH_ISOLATION'] = 'chroot';
}

function buildImage(): string {
  process.stderr.write('building the image of the Dockerfile\n');
  const args = [join(root, 'src/cli/main.ts'), 'image', 'build', root, '--engine=buildah', '--name=labmill-test'];
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8', maxBuffer: Infinity });
  if (status !== 0) throw new Error(`labmill image build failed:\n${stderr}`);
  return stdout.trim();
}
