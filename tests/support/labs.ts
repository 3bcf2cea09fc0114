import { existsSync, readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const root = new URL('../../', import.meta.url);

/** The labs by the names of their folders: `lab1`, `lab2`, … */
export const labs: readonly string[] = readdirSync(fileURLToPath(root))
  .filter((name) => /^lab\d$/.test(name) && existsSync(new URL(`${name}/${name}.ipynb`, root)))
  .sort();
