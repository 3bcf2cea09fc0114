import { spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  readlinkSync,
  realpathSync,
  rmSync,
  symlinkSync,
  unlinkSync,
  utimesSync,
} from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test, vi } from 'vitest';
import { aClone, launch, startLauncher, write } from './a-clone.ts';

const COMPILES = 'labmill: compiling src/ to dist/\n';

describe('launch', () => {
  test('runs the command line of the sources and leaves stdout to it', async () => {
    const root = aClone();
    const { stdout, stderr, code } = await launch(root, ['labmill', 'run', 'lab 1']);
    expect({ stdout, stderr, code }).toEqual({
      stdout: `${realpathSync(root)} run lab 1\n`,
      stderr: COMPILES,
      code: 0,
    });
  });

  test('says nothing when all is fresh', async () => {
    const root = aClone();
    await launch(root, []);
    expect(await launch(root, [])).toMatchObject({ stdout: '', stderr: '', code: 0 });
  });

  test('runs `npm run labmill` in the folder it was typed in, and only once', async () => {
    const root = aClone();
    mkdirSync(join(root, 'lab1'));
    write(root, 'src/cli/main.ts', 'console.log(process.cwd(), process.env.INIT_CWD);');
    const { stdout } = await launch(root, ['labmill'], {
      npm_lifecycle_event: 'labmill',
      INIT_CWD: join(root, 'lab1'),
    });
    expect(stdout).toBe(`${realpathSync(join(root, 'lab1'))} undefined\n`);
  });

  test('ends with the exit code of the command', async () => {
    expect(await launch(aClone(), ['node', '-e', 'process.exit(7)'])).toMatchObject({ code: 7, signal: null });
  });

  test('ends by the signal that ended the command', async () => {
    const script = 'process.kill(process.pid, "SIGKILL")';
    expect(await launch(aClone(), ['node', '-e', script])).toMatchObject({ code: null, signal: 'SIGKILL' });
  });

  test.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)('forwards %s to the command', async (signal) => {
    const script = `process.once('${signal}', () => process.exit(3)); setInterval(() => {}, 1000); console.log('ready');`;
    const child = startLauncher(aClone(), ['node', '-e', script]);
    await once(child.stdout!, 'data');
    child.kill(signal);
    expect(await once(child, 'exit')).toEqual([3, null]);
  });

  test('puts the same Node first on PATH for what the command starts', async () => {
    const script = 'console.log(require("child_process").execSync("node -p process.execPath", { encoding: "utf8" }))';
    const { stdout } = await launch(aClone(), ['node', '-e', script]);
    expect(stdout.trim()).toBe(realpathSync(process.execPath));
  });

  test('refuses a command that does not exist', async () => {
    const { stderr, code } = await launch(aClone(), ['vitets']);
    expect(stderr).toContain('"vitets" is no command here: expected labmill, node, tsc or a name in node_modules/.bin');
    expect(code).toBe(1);
  });

  test('links the package into its own node_modules, again after a link that leads nowhere', async () => {
    const root = aClone();
    symlinkSync('../gone', join(root, 'node_modules/labmill'));
    await launch(root, []);
    expect(readlinkSync(join(root, 'node_modules/labmill'))).toBe('..');
  });
});

describe('the build', () => {
  test('follows a changed source', async () => {
    const root = aClone();
    await launch(root, []);
    write(root, 'src/cli/main.ts', "import { answer } from '../answer.ts';\nconsole.log(answer);");
    write(
      root,
      'tsconfig.base.json',
      '{ "compilerOptions": { "module": "nodenext", "types": [], "rewriteRelativeImportExtensions": true } }',
    );
    expect(await launch(root, ['labmill'])).toMatchObject({ stdout: '42\n', code: 0 });
  });

  test('removes what has no source any more', async () => {
    const root = aClone();
    await launch(root, []);
    unlinkSync(join(root, 'src/answer.ts'));
    await launch(root, []);
    expect(readdirSync(join(root, 'dist')).sort()).toEqual(['.fingerprint', 'cli']);
  });

  test('is done again when it was interrupted', async () => {
    const root = aClone();
    await launch(root, []);
    rmSync(join(root, 'dist/.fingerprint'));
    write(root, 'dist/answer.js', 'half a fi');
    await launch(root, []);
    const { stdout } = await launch(root, ['node', '-p', 'require("./dist/answer.js").answer']);
    expect(stdout).toBe('42\n');
  });

  test("fails with the compiler's message and keeps the old dist/ when a source cannot be parsed", async () => {
    const root = aClone();
    await launch(root, []);
    write(root, 'src/answer.ts', 'export const = 42;');
    const { stdout, stderr, code } = await launch(root, ['labmill']);
    expect(stderr).toMatch(/src\/ does not compile \(exit code \d\):\nsrc\/answer\.ts\(1,14\): error TS/);
    expect({ stdout, code, kept: existsSync(join(root, 'dist/answer.js')) }).toEqual({
      stdout: '',
      code: 1,
      kept: true,
    });
  });

  test('does not wait for a correct type', async () => {
    const root = aClone();
    write(root, 'src/answer.ts', 'export const answer: string = 42;');
    expect(await launch(root, ['labmill'])).toMatchObject({ code: 0 });
  });
});

describe('two launchers at once', () => {
  test('build once and both run', async () => {
    const root = aClone();
    const both = await Promise.all([launch(root, ['labmill', 'a']), launch(root, ['labmill', 'b'])]);
    expect(both.map(({ stdout }) => stdout.trim().at(-1))).toEqual(['a', 'b']);
    expect(
      both
        .map(({ stderr }) => stderr)
        .join('')
        .match(/compiling/g),
    ).toHaveLength(1);
  });

  test('do not wait for one that was killed', async () => {
    const root = aClone();
    const dead = spawn(process.execPath, ['--version']);
    await once(dead, 'exit');
    write(root, '.node/launch.lock', JSON.stringify({ pid: dead.pid, host: hostname(), nonce: 1 }));
    const { code, stderr } = await launch(root, ['labmill']);
    expect({ code, stderr, left: readdirSync(join(root, '.node')) }).toEqual({ code: 0, stderr: COMPILES, left: [] });
  });

  test('wait for one that is at work, and say so once', async () => {
    const root = aClone();
    write(root, '.node/launch.lock', JSON.stringify({ pid: process.pid, host: hostname(), nonce: 1 }));
    const waiting = startLauncher(root, ['labmill']);
    expect(String(await once(waiting.stderr!, 'data'))).toBe(
      'labmill: waiting for another launcher to finish its set-up\n',
    );
    unlinkSync(join(root, '.node/launch.lock'));
    expect(await once(waiting, 'exit')).toEqual([0, null]);
  });

  test('take over from one on another machine that has gone silent', async () => {
    const root = aClone();
    write(root, '.node/launch.lock', JSON.stringify({ pid: process.pid, host: 'elsewhere', nonce: 1 }));
    utimesSync(join(root, '.node/launch.lock'), 0, Date.now() / 1000 - 61);
    expect(await launch(root, ['labmill'])).toMatchObject({ code: 0, stderr: COMPILES });
  });
});

describe.runIf(process.platform === 'linux')('with an npm that is a stand-in', () => {
  const folder = `.node/node_modules/node-linux-${process.arch}`;
  const path = (root: string) => ({ PATH: `${join(root, 'stand-in')}:/usr/bin:/bin` });

  /** Makes `npm` a shell script in the clone; `$@` are npm's arguments. */
  function npmIs(root: string, script: string): void {
    write(root, 'stand-in/npm', `#!/bin/sh\n${script}\n`);
    chmodSync(join(root, 'stand-in/npm'), 0o755);
  }

  /** Makes a clone that wants a Node newer than any. */
  function demandingClone(): string {
    const root = aClone();
    write(root, 'package.json', '{ "name": "labmill", "type": "module", "engines": { "node": ">=99.0" } }');
    write(root, '.node-version', `${process.versions.node}\n`);
    return root;
  }

  const installNode = `
    folder=.node/incoming/node_modules/node-linux-${process.arch}; mkdir -p $folder/bin
    ln -s ${process.execPath} $folder/bin/node; echo '{ "version": "${process.versions.node}" }' > $folder/package.json
    echo "$@" > asked`;

  test('a Node that is too old is replaced by the pinned one', async () => {
    const root = demandingClone();
    npmIs(root, installNode);
    const { stdout, stderr } = await launch(root, ['node', '-p', 'process.env.PATH.split(":")[0]'], path(root));
    expect(stdout).toBe(`${join(root, folder, 'bin')}\n`);
    expect(stderr).toContain(`Node >=99.0 is needed, and this is ${process.versions.node}: installing`);
    expect(readFileSync(join(root, 'asked'), 'utf8')).toContain(`node-linux-${process.arch}@${process.versions.node}`);
  });

  test('a pinned Node that is there is not installed again', async () => {
    const root = demandingClone();
    npmIs(root, installNode);
    await launch(root, [], path(root));
    npmIs(root, 'exit 1');
    expect(await launch(root, ['node', '-e', '0'], path(root))).toMatchObject({ code: 0, stderr: '' });
  });

  test("a Node that cannot be installed ends it with npm's words and the cure", async () => {
    const root = demandingClone();
    npmIs(root, 'echo no network; exit 1');
    const { stderr, code } = await launch(root, ['node', '-e', '0'], path(root));
    expect(stderr).toMatch(/could not be installed; install Node 24 .* \(exit code 1\):\nno network\n/);
    expect(code).toBe(1);
  });

  test('packages are installed when the lockfile names others than are there', async () => {
    const root = aClone();
    write(root, 'package-lock.json', '{ "packages": { "": {}, "node_modules/a": { "version": "1.0.0" } } }');
    npmIs(root, 'cp package-lock.json node_modules/.package-lock.json; echo "$@" > asked; echo noise');
    const { stdout, stderr } = await launch(root, ['labmill'], path(root));
    expect({ stdout, stderr }).toEqual({
      stdout: `${root}\n`,
      stderr: `labmill: installing packages (npm ci)\n${COMPILES}`,
    });
    expect(readFileSync(join(root, 'asked'), 'utf8')).toBe('ci --ignore-scripts --include=dev --include=optional\n');
  });

  test('an interrupt ends npm, too, and leaves no lock', async () => {
    const root = aClone();
    write(root, 'package-lock.json', '{ "packages": { "node_modules/a": { "version": "1.0.0" } } }');
    npmIs(root, 'echo $$ > pid; exec sleep 60');
    const launcher = startLauncher(root, [], path(root));
    await vi.waitUntil(() => existsSync(join(root, 'pid')));
    launcher.kill('SIGTERM');
    expect(await once(launcher, 'exit')).toEqual([null, 'SIGTERM']);
    expect(() => process.kill(Number(readFileSync(join(root, 'pid'), 'utf8')), 0)).toThrow('ESRCH');
    expect(existsSync(join(root, '.node/launch.lock'))).toBe(false);
  });

  test('packages of other platforms are not missed', async () => {
    const root = aClone();
    write(root, 'package-lock.json', '{ "packages": { "node_modules/a": { "version": "1.0.0", "optional": true } } }');
    npmIs(root, 'exit 1');
    expect(await launch(root, ['labmill'], path(root))).toMatchObject({ code: 0, stderr: COMPILES });
  });
});
