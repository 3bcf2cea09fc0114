import type { Stats } from 'node:fs';

/** How many numbers a file takes in a table of states: size, mtime, ctime, inode. */
export const stateWidth = 4;

/** Returns a file's state as a row of a table. */
export function stateOf({ size, mtimeMs, ctimeMs, ino }: Stats): [number, number, number, number] {
  return [size, mtimeMs, ctimeMs, ino];
}

/** Enters a file's state as row `row` of a table. */
export function enterState(table: Float64Array, row: number, stat: Stats): void {
  table.set(stateOf(stat), row * stateWidth);
}

/** Returns whether two rows of tables say the same. */
export function isSameState(table: Float64Array, row: number, other: Float64Array, otherRow: number): boolean {
  for (let i = 0; i < stateWidth; i++) {
    if (table[row * stateWidth + i] !== other[otherRow * stateWidth + i]) return false;
  }
  return true;
}

/** Returns whether a file still has the state of row `row`, and with it, as far as can be known, its content. */
export function hasState(table: Float64Array, row: number, stat: Stats): boolean {
  const at = row * stateWidth;
  return (
    table[at + 1] === stat.mtimeMs &&
    table[at + 2] === stat.ctimeMs &&
    table[at] === stat.size &&
    table[at + 3] === stat.ino
  );
}

/**
 * Makes the states of a table unbelievable whose files changed too shortly before `since`, the file system's time when
 * reading them began: a second change might leave the same state (git: "racily clean").
 */
export function forgetRecent(table: Float64Array, since: number): void {
  for (let at = 0; at < table.length; at += stateWidth) {
    if (!isSettled(table[at + 1]!, since) || !isSettled(table[at + 2]!, since)) table[at + 1] = NaN;
  }
}

/** Returns whether a change after `since` could not carry the time stamp `time` any more; both by the file system's clock. */
export function isSettled(time: number, since: number): boolean {
  // Whole seconds tell a file system with a coarse clock; FAT counts in steps of two. Others tick every few milliseconds.
  return time < since - (time % 1000 === 0 ? 2000 : 20);
}
