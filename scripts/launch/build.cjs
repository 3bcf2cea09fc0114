'use strict';

const crypto = require('crypto');
const fs = require('fs');
const path = require('path');
const { remove } = require('./node.cjs');
const { capture } = require('./run.cjs');
const { say } = require('./setup-error.cjs');

const INPUTS = ['src', 'tsconfig.base.json', 'tsconfig.build.json'];
const FINGERPRINT = '.fingerprint';
const OPTIONS = '-p tsconfig.build.json --noCheck --isolatedDeclarations false --pretty false';

/** Returns whether `dist/` was built, to the end, from the sources as they stand. */
function isDistFresh(root) {
  const file = path.join(root, 'dist', FINGERPRINT);
  return fs.existsSync(file) && fs.readFileSync(file, 'utf8') === fingerprint(root);
}

/**
 * Compiles `src/` into `dist/`. The compiler writes beside it; then each file is moved over its predecessor, files
 * without a source go, and the fingerprint comes last. A program running from `dist/` never misses a file, and
 * a build that was interrupted is simply not fresh. Types are checked by `npm run check`, not at every start.
 */
async function buildDist(root, node, env) {
  say('compiling src/ to dist/');
  const dist = path.join(root, 'dist');
  const incoming = path.join(root, '.node', 'dist');
  const before = fingerprint(root);
  remove(incoming);
  const tsc = path.join(root, 'node_modules', 'typescript', 'bin', 'tsc');
  const args = [tsc, '--outDir', incoming].concat(OPTIONS.split(' '));
  await capture(node, args, { cwd: root, env }, 'src/ does not compile');
  remove(path.join(dist, FINGERPRINT));
  const arrived = walk(incoming).map(({ file }) => path.relative(incoming, file));
  for (const file of arrived) {
    fs.mkdirSync(path.dirname(path.join(dist, file)), { recursive: true });
    fs.renameSync(path.join(incoming, file), path.join(dist, file));
  }
  const expected = new Set(arrived);
  for (const { file } of walk(dist)) if (!expected.has(path.relative(dist, file))) fs.unlinkSync(file);
  remove(incoming);
  fs.writeFileSync(path.join(dist, FINGERPRINT), before);
}

/** Returns a hash of every source's path, size and time: any difference counts, as a checkout may bring older files. */
function fingerprint(root) {
  const hash = crypto.createHash('sha256');
  for (const input of INPUTS) {
    for (const { file, stat } of walk(path.join(root, input))) {
      hash.update(`${path.relative(root, file)} ${stat.size} ${stat.mtimeMs}\n`);
    }
  }
  return hash.digest('hex');
}

/** Lists the files at and under `file` with their stat, in the order of their names. */
function walk(file) {
  const stat = fs.statSync(file);
  if (!stat.isDirectory()) return [{ file, stat }];
  const names = fs.readdirSync(file).sort();
  return names.reduce((files, name) => files.concat(walk(path.join(file, name))), []);
}

module.exports = { buildDist, isDistFresh };
