import { existsSync, realpathSync, writeFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { packageVersions } from '../modules/loaded-packages.ts';
import { type LineMagic, UsageError } from './registry.ts';
import { CommandError, keepExitCode } from './shell.ts';
import { words } from './words.ts';

/** What makes npm talk about other things than what it was asked. */
const QUIET = ['--no-audit', '--no-fund', '--no-update-notifier'];

/** `%npm`: runs npm in the notebook's project. */
export const npm: LineMagic = {
  summary: 'runs npm in the folder of the nearest package.json; what it installs can be imported at once',
  usage: 'install package… | arguments',
  async run(args, { children, output, modules, folder, cell }) {
    if (args === '') throw new UsageError('%npm: expected what npm is to do: %npm install package');
    const project = projectFolder(folder, (text) => output.write('stdout', text, cell));
    const before = packageVersions(modules.loadedFiles());
    const exitCode = await children.run(process.execPath, [npmPath(), ...QUIET, ...words(args)], {
      cell,
      folder: project,
    });
    keepExitCode(exitCode);
    if (exitCode !== 0) throw new CommandError(`%npm: npm ended with exit code ${exitCode}`);
    const after = packageVersions(modules.loadedFiles());
    for (const [path, version] of before) {
      const now = after.get(path);
      if (now !== version) output.write('stderr', replaced(path, version, now), cell);
    }
  },
};

function replaced(path: string, before = 'of some version', now = 'gone'): string {
  const name = path.replace(/^.*[\\/]node_modules[\\/]/, '').replaceAll('\\', '/');
  return `${name} ${before} has been imported already and is ${now} now: restart the kernel to use that.\n`;
}

/** Returns the nearest folder with a package.json, from `folder` upwards; where there is none, `folder`, which gets one. */
function projectFolder(folder: string, tell: (text: string) => void): string {
  for (let path = folder; ; path = dirname(path)) {
    if (existsSync(join(path, 'package.json'))) return path;
    if (path === dirname(path)) break;
  }
  const file = join(folder, 'package.json');
  writeFileSync(file, `${JSON.stringify({ private: true, type: 'module' }, undefined, 2)}\n`);
  tell(`Writing ${file}\n`);
  return folder;
}

/** Returns the path of npm's program: that of the kernel's own Node, else the first on the PATH. */
function npmPath(): string {
  const folders = [dirname(process.execPath), ...(process.env['PATH'] ?? '').split(delimiter)];
  const candidates = folders.flatMap((folder) => [
    join(folder, 'node_modules/npm/bin/npm-cli.js'),
    join(folder, '../lib/node_modules/npm/bin/npm-cli.js'),
    join(folder, 'npm'),
  ]);
  const paths = candidates.filter((path) => existsSync(path)).map((path) => realpathSync(path));
  const found = paths.find((path) => path.endsWith('.js'));
  if (found === undefined) throw new UsageError('%npm: there is no npm beside the kernel’s Node or on the PATH');
  return found;
}
