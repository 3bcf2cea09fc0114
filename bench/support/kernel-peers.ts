import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { kernelCommand } from 'labmill/kernel';

/** A kernel to compare: how it is started and interrupted, and its own words for what is measured. */
export interface KernelPeer {
  readonly name: string;
  command(connectionFile: string): readonly string[];
  /** How its kernelspec lets front ends interrupt it. */
  readonly interruptBy: 'message' | 'signal';
  /** Code that displays `text`, a name, as text/plain. */
  readonly display: string;
}

const root = fileURLToPath(new URL('../..', import.meta.url));
const denoVersion = '2.9.6';

/** Returns our kernel, stock tslab (a development dependency) and Deno (installed into `.bench/` at the first run). */
export function kernelPeers(): KernelPeer[] {
  const tslab = join(createRequire(import.meta.url).resolve('tslab/package.json'), '../bin/tslab');
  const deno = installDeno();
  return [
    {
      name: 'labmill',
      command: kernelCommand,
      interruptBy: 'message',
      display: "void display({ [Symbol.for('Jupyter.display')]: () => ({ 'text/plain': text }) })",
    },
    {
      name: 'tslab',
      command: (file) => [process.execPath, tslab, 'kernel', `--config-path=${file}`],
      interruptBy: 'signal',
      display: "import * as tslab from 'tslab'; tslab.display.text(text)",
    },
    {
      name: 'Deno',
      command: (file) => [deno, 'jupyter', '--kernel', '--conn', file],
      interruptBy: 'message',
      display: "await Deno.jupyter.display({ 'text/plain': text }, { raw: true })",
    },
  ];
}

function installDeno(): string {
  const prefix = join(root, '.bench');
  const platform = `${process.platform}-${process.arch}${process.platform === 'linux' ? '-glibc' : ''}`;
  const binary = join(prefix, 'node_modules/@deno', platform, process.platform === 'win32' ? 'deno.exe' : 'deno');
  if (!existsSync(binary)) {
    process.stderr.write(`installing deno ${denoVersion} into .bench\n`);
    const args = ['install', '--no-save', '--ignore-scripts', '--prefix', prefix, `deno@${denoVersion}`];
    const { status, stderr } = spawnSync('npm', args, { encoding: 'utf8', shell: process.platform === 'win32' });
    if (status !== 0) throw new Error(`deno could not be installed:\n${stderr}`);
  }
  return binary;
}
