import { realpathSync } from 'node:fs';
import { onTestFinished } from 'vitest';
import { temporaryFolder } from './temporary-folder.ts';

/** Works in a fresh folder until the test ends, and returns it. */
export function inFolder(): string {
  const before = process.cwd();
  const folder = realpathSync(temporaryFolder());
  process.chdir(folder);
  onTestFinished(() => process.chdir(before));
  return folder;
}
