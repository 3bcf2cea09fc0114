import { EngineError } from '../../base/errors.ts';

/** The programs that can build, tag and push an image, in the order in which they are tried. */
export const engines = ['docker', 'podman', 'buildah'] as const;

/** One of them. */
export type Engine = (typeof engines)[number];

/** How long an engine may think about whether it is there. */
const probeTimeoutMs = 20_000;

/**
 * Returns the first of the candidates that works. A program that is there and has no engine behind it, as a docker client
 * without its daemon, does not work.
 *
 * @throws EngineError which says of each engine why it does not
 */
export async function findEngine(candidates: readonly Engine[] = engines): Promise<Engine> {
  const refusals: string[] = [];
  for (const engine of candidates) {
    const refusal = await refusalOf(engine);
    if (refusal === undefined) return engine;
    refusals.push(`\n  ${engine}: ${refusal}`);
  }
  throw new EngineError(
    `expected a container engine that works, found none; install or start one:${refusals.join('')}`,
  );
}

/** Returns why an engine does not work, or nothing. */
async function refusalOf(engine: Engine): Promise<string | undefined> {
  const { execa } = await import('execa');
  const probe = await execa(engine, ['info'], { reject: false, timeout: probeTimeoutMs });
  if (!probe.failed) return undefined;
  if (probe.code === 'ENOENT') return 'not installed';
  if (probe.timedOut) return `"${engine} info" did not answer within ${probeTimeoutMs / 1000} s`;
  return probe.stderr.trim().split('\n').at(-1) || `"${engine} info" ended with exit code ${probe.exitCode}`;
}

/** What an engine has to be told beside the folder. Without "docker", the others write a format that has no HEALTHCHECK. */
const buildFlags: Readonly<Record<Engine, readonly string[]>> = {
  docker: [],
  podman: ['--format', 'docker'],
  buildah: ['--format', 'docker', '--layers'],
};

/** Builds the Dockerfile of a folder. Throws an `EngineError` when the engine fails. */
export async function buildImage(engine: Engine, folder: string, reference: string, revision: string): Promise<void> {
  const named = ['--tag', reference, '--build-arg', `REVISION=${revision}`];
  await run(engine, ['build', ...buildFlags[engine], ...named, folder]);
}

/** Gives an image a second name and sends it to the registry that this name begins with. Throws an `EngineError`. */
export async function pushImage(engine: Engine, reference: string, remote: string): Promise<void> {
  await run(engine, ['tag', reference, remote]);
  await run(engine, ['push', remote]);
}

/** Runs an engine. What it says goes to stderr: stdout is the command's own. */
async function run(engine: Engine, args: readonly string[]): Promise<void> {
  const { execa } = await import('execa');
  const { failed, exitCode, signal } = await execa(engine, args, { stdio: ['ignore', 2, 2], reject: false });
  if (!failed) return;
  const how = signal === undefined ? `ended with exit code ${exitCode}` : `was stopped by ${signal}`;
  throw new EngineError(`${engine} ${args[0]}: ${how}; what it said stands above`);
}
