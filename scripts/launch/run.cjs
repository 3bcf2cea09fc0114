'use strict';

const { spawn } = require('child_process');
const fs = require('fs');
const path = require('path');
const { SetupError } = require('./setup-error.cjs');

const isWindows = process.platform === 'win32';
const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'];
const npm = isWindows ? 'npm.cmd' : 'npm';

/** Returns what to spawn for a command's name, and where. */
function commandLine(root, node, name) {
  if (name === 'node') return { file: node, leading: [], cwd: process.cwd() };
  if (name === 'labmill')
    return { file: node, leading: [path.join(root, 'dist', 'cli', 'main.js')], cwd: callerFolder() };
  // `.bin/tsc` is the older TypeScript that tslab brings.
  const tsc = path.join(root, 'node_modules', 'typescript', 'bin', 'tsc');
  if (name === 'tsc') return { file: node, leading: [tsc], cwd: process.cwd() };
  const file = path.join(root, 'node_modules', '.bin', isWindows ? `${name}.cmd` : name);
  if (fs.existsSync(file)) return { file, leading: [], cwd: process.cwd() };
  throw new SetupError(
    `${JSON.stringify(name)} is no command here: expected labmill, node, tsc or a name in node_modules/.bin`,
  );
}

/** npm runs scripts in the package's folder; `npm run labmill` is to see the folder it was typed in. */
function callerFolder() {
  const { npm_lifecycle_event: script, INIT_CWD: caller } = process.env;
  return script === 'labmill' && caller ? caller : process.cwd();
}

/** Returns the environment for commands: `node` means `node` there, and INIT_CWD is used up. */
function environment(root, node) {
  const env = Object.assign({}, process.env);
  delete env.INIT_CWD;
  const key = Object.keys(env).find((name) => name.toUpperCase() === 'PATH') || 'PATH';
  const folders = (env[key] || '').split(path.delimiter);
  if (firstNode(folders) !== fs.realpathSync(node)) folders.unshift(path.dirname(node));
  const bin = path.join(root, 'node_modules', '.bin');
  if (!folders.includes(bin)) folders.splice(1, 0, bin);
  env[key] = folders.join(path.delimiter);
  return env;
}

function firstNode(folders) {
  const candidates = folders.map((folder) => path.join(folder, isWindows ? 'node.exe' : 'node'));
  const found = candidates.find((file) => fs.existsSync(file));
  return found && fs.realpathSync(found);
}

/** Runs a command in the foreground; this process ends as it ends. */
async function run(file, args, options) {
  const { code, signal } = await ended(start(file, args, options), `${file} could not be started`);
  if (signal) process.kill(process.pid, signal);
  process.exitCode = code === null ? 1 : code;
}

/** Runs a set-up step and keeps its output to itself, unless it fails. */
async function capture(file, args, options, failure) {
  const child = start(file, args, Object.assign({ stdio: ['ignore', 'pipe', 'pipe'] }, options));
  const output = [];
  child.stdout.on('data', (chunk) => output.push(chunk));
  child.stderr.on('data', (chunk) => output.push(chunk));
  const { code, signal, forwarded } = await ended(child, failure);
  if (forwarded) throw new SetupError(`interrupted by ${forwarded}`, forwarded);
  if (code !== 0) throw new SetupError(`${failure} (${signal || `exit code ${code}`}):\n${Buffer.concat(output)}`);
}

function start(file, args, options) {
  return spawn(file, args, Object.assign({ shell: isWindows && file.endsWith('.cmd') }, options));
}

/** Waits for a child and forwards signals to it, so that none is left behind; returns how it ended. */
function ended(child, failure) {
  let forwarded;
  const forward = (signal) => {
    forwarded = signal;
    // The terminal has already sent a Ctrl-C to the whole group: a second one would make the command give up its clean-up.
    if (signal !== 'SIGINT' || !process.stdin.isTTY) child.kill(signal);
  };
  for (const signal of SIGNALS) process.on(signal, forward);
  return new Promise((resolve, reject) => {
    child.on('error', (error) => reject(new SetupError(`${failure}: ${error.message}`)));
    child.on('close', (code, signal) => resolve({ code, signal, forwarded }));
  }).finally(() => {
    for (const signal of SIGNALS) process.removeListener(signal, forward);
  });
}

module.exports = { capture, commandLine, environment, npm, run };
