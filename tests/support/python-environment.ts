import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { TestProject } from 'vitest/node';

declare module 'vitest' {
  interface ProvidedContext {
    /** The Python of `.venv`, or null when this machine has none: then the tests skip themselves. */
    readonly python: string | null;
  }
}

const root = fileURLToPath(new URL('../..', import.meta.url));
const requirements = join(root, 'tests/interop/requirements.txt');
const environment = join(root, '.venv');
const bin = join(environment, process.platform === 'win32' ? 'Scripts' : 'bin');
const installed = join(environment, 'requirements.txt');

/**
 * Makes `.venv` from `requirements.txt` when it is missing or older, puts it first on the tests' PATH and
 * provides its Python. With LABMILL_REQUIRE_ALL set, a machine without Python fails instead of skipping.
 */
export default function setup(project: TestProject): void {
  if (!isInstalled()) {
    const failure = install();
    if (failure !== undefined && process.env['LABMILL_REQUIRE_ALL']) throw new Error(failure);
    if (failure !== undefined) {
      process.stderr.write(`tests that need Python are skipped: ${failure}\n`);
      project.provide('python', null);
      return;
    }
  }
  process.env['PATH'] = `${bin}${delimiter}${process.env['PATH'] ?? ''}`;
  project.provide('python', join(bin, 'python'));
}

function isInstalled(): boolean {
  return existsSync(installed) && readFileSync(installed, 'utf8') === readFileSync(requirements, 'utf8');
}

/** Returns what went wrong, or nothing. The copy of the requirements comes last and says that all is there. */
function install(): string | undefined {
  process.stderr.write('installing tests/interop/requirements.txt into .venv\n');
  const failure =
    attempt('python3', ['-m', 'venv', environment]) ??
    attempt(join(bin, 'python'), [
      '-m',
      'pip',
      'install',
      '--quiet',
      '--disable-pip-version-check',
      '-r',
      requirements,
    ]);
  if (failure === undefined) writeFileSync(installed, readFileSync(requirements));
  return failure;
}

function attempt(command: string, args: readonly string[]): string | undefined {
  const { error, status, stderr } = spawnSync(command, args, { encoding: 'utf8' });
  if (error) return `${command}: ${error.message}`;
  return status === 0 ? undefined : `${command} ${args.slice(0, 3).join(' ')} failed:\n${stderr}`;
}
