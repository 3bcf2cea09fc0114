'use strict';

const fs = require('fs');
const os = require('os');
const path = require('path');
const { say } = require('./setup-error.cjs');

const POLL_MS = 100;
const HEARTBEAT_MS = 5000;
const SILENCE_MS = 60000;

/** Runs `work` while no other launcher runs its own under the same lock file; a dead owner's lock is taken over. */
async function withLock(file, work) {
  const identity = JSON.stringify({ pid: process.pid, host: os.hostname(), nonce: Math.random() });
  fs.mkdirSync(path.dirname(file), { recursive: true });
  let saidWaiting = false;
  while (!tryAcquire(file, identity)) {
    const owner = readOwner(file);
    if (owner === undefined) continue;
    if (isStale(owner)) {
      removeStale(file, owner);
      continue;
    }
    if (!saidWaiting) say('waiting for another launcher to finish its set-up');
    saidWaiting = true;
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  }
  const heartbeat = setInterval(() => touch(file), HEARTBEAT_MS);
  try {
    return await work();
  } finally {
    clearInterval(heartbeat);
    fs.unlinkSync(file);
  }
}

function tryAcquire(file, identity) {
  try {
    fs.writeFileSync(file, identity, { flag: 'wx' });
    return true;
  } catch (error) {
    if (error.code === 'EEXIST') return false;
    throw error;
  }
}

/** Returns what stands in the lock file and when its owner last gave a sign of life; nothing when it is gone. */
function readOwner(file) {
  try {
    return { text: fs.readFileSync(file, 'utf8'), aliveAt: fs.statSync(file).mtimeMs };
  } catch (error) {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  }
}

/** A process id says nothing on another machine, and may be used again on this one: then silence decides. */
function isStale({ text, aliveAt }) {
  if (Date.now() - aliveAt > SILENCE_MS) return true;
  const owner = parse(text);
  return owner !== undefined && owner.host === os.hostname() && !isRunning(owner.pid);
}

function parse(text) {
  try {
    return JSON.parse(text);
  } catch {
    return undefined; // created a moment ago and not written yet
  }
}

function isRunning(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}

/**
 * Removes the lock file judged stale. It is moved away first and read again: when a faster waiter has
 * already replaced it, what was moved is that waiter's live lock, and it goes back.
 */
function removeStale(file, owner) {
  const aside = `${file}.${process.pid}`;
  try {
    fs.renameSync(file, aside);
  } catch (error) {
    if (error.code === 'ENOENT') return;
    throw error;
  }
  if (fs.readFileSync(aside, 'utf8') === owner.text) fs.unlinkSync(aside);
  else fs.renameSync(aside, file);
}

function touch(file) {
  const now = new Date();
  fs.utimes(file, now, now, () => {});
}

module.exports = { withLock };
