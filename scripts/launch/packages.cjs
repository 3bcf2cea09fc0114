'use strict';

const fs = require('fs');
const path = require('path');
const { capture, npm } = require('./run.cjs');
const { say } = require('./setup-error.cjs');

/**
 * Returns whether `node_modules` holds what the lockfile names. Times tell nothing after a checkout, so
 * the content is compared: npm writes what it installed to `node_modules/.package-lock.json`, last of all.
 */
function arePackagesInstalled(root) {
  const installed = readPackages(path.join(root, 'node_modules', '.package-lock.json'));
  if (installed === undefined) return false;
  const wanted = readPackages(path.join(root, 'package-lock.json'));
  return Object.keys(wanted).every((location) => {
    if (location === '') return true; // the project itself
    const { optional, integrity, version } = wanted[location];
    const found = installed[location];
    // An optional package is one of many platforms' binaries; only this platform's is there.
    if (found === undefined) return optional === true;
    return found.integrity === integrity && found.version === version;
  });
}

function readPackages(file) {
  return fs.existsSync(file) ? JSON.parse(fs.readFileSync(file, 'utf8')).packages : undefined;
}

/** Installs what the lockfile names. */
async function installPackages(root, env) {
  say('installing packages (npm ci)');
  const args = ['ci', '--ignore-scripts', '--include=dev', '--include=optional'];
  await capture(npm, args, { cwd: root, env }, 'npm ci could not install the packages');
}

/** Returns whether `node_modules/labmill` is this folder. */
function isSelfLinked(root) {
  const link = selfLink(root);
  return fs.existsSync(link) && fs.realpathSync(link) === fs.realpathSync(root);
}

/**
 * Links `node_modules/labmill` to this folder, as npm would in another project. Node finds the package
 * from inside by its own name, but stock tslab's TypeScript 5.0 looks only there.
 */
function linkSelf(root) {
  const link = selfLink(root);
  if (fs.existsSync(link) || isBrokenLink(link)) fs.unlinkSync(link);
  if (process.platform === 'win32') fs.symlinkSync(root, link, 'junction');
  else fs.symlinkSync('..', link);
}

function isBrokenLink(link) {
  try {
    return fs.lstatSync(link).isSymbolicLink();
  } catch {
    return false;
  }
}

function selfLink(root) {
  return path.join(root, 'node_modules', 'labmill');
}

module.exports = { arePackagesInstalled, installPackages, isSelfLinked, linkSelf };
