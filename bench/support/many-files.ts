import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { random } from 'labmill';

/** Makes a folder with files of random bytes, 100 to a subfolder, and returns it. */
export function makeFiles(folder: string, count: number, sizeBytes: number): string {
  const rng = random(42);
  for (let i = 0; i < count; i++) {
    const parent = join(folder, String(Math.floor(i / 100)));
    if (i % 100 === 0) mkdirSync(parent, { recursive: true });
    writeFileSync(
      join(parent, `${i}.bin`),
      Uint8Array.from({ length: sizeBytes }, () => rng.integer(0, 256)),
    );
  }
  return folder;
}

/** Returns a hash of all names and contents below a folder. */
export function treeDigest(folder: string): string {
  const hash = createHash('sha256');
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
  const paths = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  for (const path of paths.toSorted()) hash.update(path.slice(folder.length)).update(readFileSync(path));
  return hash.digest('hex');
}
