import { spawn, type ChildProcess } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { onTestFinished } from 'vitest';

const repository = fileURLToPath(new URL('../..', import.meta.url));

const files = {
  'package.json': '{ "name": "labmill", "type": "module", "engines": { "node": ">=22.18" } }',
  'package-lock.json': '{ "packages": { "": {} } }',
  '.node-version': '24.0.0\n',
  'tsconfig.base.json': '{ "compilerOptions": { "module": "nodenext", "types": [] } }',
  'tsconfig.build.json': `{ "extends": "./tsconfig.base.json", "compilerOptions": { "rootDir": "src" }, "include": ["src"] }`,
  'src/cli/main.ts': 'console.log(process.cwd(), ...process.argv.slice(2));\n',
  'src/answer.ts': 'export const answer: number = 42;\n',
  'node_modules/.package-lock.json': '{ "packages": {} }',
};

/** Makes a small project with the repository's launcher and compiler in a folder of its own, and returns the folder. */
export function aClone(): string {
  const root = mkdtempSync(join(tmpdir(), 'labmill-launch-'));
  onTestFinished(() => rmSync(root, { recursive: true, force: true }));
  for (const [path, content] of Object.entries(files)) write(root, path, content);
  cpSync(join(repository, 'scripts'), join(root, 'scripts'), { recursive: true });
  for (const name of ['typescript', '@typescript']) {
    symlinkSync(join(repository, 'node_modules', name), join(root, 'node_modules', name), 'junction');
  }
  return root;
}

/** Writes a file of the clone, with its folders. */
export function write(root: string, path: string, content: string): void {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), content);
}

/** Starts the clone's launcher. */
export function startLauncher(root: string, args: readonly string[], env: NodeJS.ProcessEnv = {}): ChildProcess {
  return spawn(process.execPath, [join(root, 'scripts/launch.cjs'), ...args], {
    cwd: root,
    env: { ...process.env, INIT_CWD: undefined, npm_lifecycle_event: undefined, ...env },
  });
}

/** Runs the clone's launcher to its end. */
export async function launch(
  root: string,
  args: readonly string[],
  env?: NodeJS.ProcessEnv,
): Promise<{ stdout: string; stderr: string; code: number | null; signal: NodeJS.Signals | null }> {
  const child = startLauncher(root, args, env);
  const ended = new Promise<{ code: number | null; signal: NodeJS.Signals | null }>((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code, signal) => resolve({ code, signal }));
  });
  const [stdout, stderr] = await Promise.all([text(child.stdout!), text(child.stderr!)]);
  return { stdout, stderr, ...(await ended) };
}
