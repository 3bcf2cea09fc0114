import { lstatSync, type Stats, statSync } from 'node:fs';

/** Returns the state of what a path leads to, links followed, or nothing when nothing is there. */
export function lookAt(path: string): Stats | undefined {
  try {
    return statSync(path, { throwIfNoEntry: false });
  } catch (error) {
    return nothing(error);
  }
}

/** Returns the state of what is at a path, a link itself for example, or nothing when nothing is there. */
export function lookAtLink(path: string): Stats | undefined {
  try {
    return lstatSync(path, { throwIfNoEntry: false });
  } catch (error) {
    return nothing(error);
  }
}

/** A path behind a file, or behind links in a circle, leads nowhere. */
function nothing(error: unknown): undefined {
  if (!['ENOTDIR', 'ELOOP'].includes((error as NodeJS.ErrnoException).code ?? '')) throw error;
}
