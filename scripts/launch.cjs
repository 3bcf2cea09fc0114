'use strict';

/**
 * Runs a command of this repository with everything it needs in place:
 *
 *     node scripts/launch.cjs [command [arguments…]]
 *
 * `labmill` is the command line of the sources, `node` the right Node, `tsc` the compiler; any other name
 * is looked up in `node_modules/.bin`. Without a command it only prepares. It is quiet unless it does
 * something, and then says so on stderr, so that stdout stays the command's own.
 *
 * This file and those in `launch/` keep to the JavaScript of Node 12: they run before the right Node is there.
 */

const path = require('path');
const { buildDist, isDistFresh } = require('./launch/build.cjs');
const { withLock } = require('./launch/lock.cjs');
const { findNode, installNode } = require('./launch/node.cjs');
const { arePackagesInstalled, installPackages, isSelfLinked, linkSelf } = require('./launch/packages.cjs');
const { commandLine, environment, run } = require('./launch/run.cjs');
const { SetupError } = require('./launch/setup-error.cjs');

const root = path.dirname(__dirname);

/** Brings Node, packages and `dist/` up to date, and returns the path of the Node to use. */
async function prepare() {
  const node = findNode(root);
  if (node && isReady()) return node;
  return withLock(path.join(root, '.node', 'launch.lock'), async () => {
    // Looked at again under the lock: another launcher may have done it while this one waited.
    const pinned = findNode(root) || (await installNode(root));
    const env = environment(root, pinned);
    if (!arePackagesInstalled(root)) await installPackages(root, env);
    if (!isSelfLinked(root)) linkSelf(root);
    if (!isDistFresh(root)) await buildDist(root, pinned, env);
    return pinned;
  });
}

function isReady() {
  return arePackagesInstalled(root) && isSelfLinked(root) && isDistFresh(root);
}

async function main(name, args) {
  const node = await prepare();
  if (name === undefined) return;
  const { file, leading, cwd } = commandLine(root, node, name);
  await run(file, leading.concat(args), { cwd, env: environment(root, node), stdio: 'inherit' });
}

main(process.argv[2], process.argv.slice(3)).catch((error) => {
  if (!(error instanceof SetupError)) throw error;
  process.stderr.write(`labmill: ${error.message}\n`);
  process.exitCode = 1;
  if (error.signal) process.kill(process.pid, error.signal);
});
