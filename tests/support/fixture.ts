import { readFileSync } from 'node:fs';

/** Returns the content of a JSON file of `tests/fixtures/`; the caller says what it is. */
export function fixture(name: string): unknown {
  return JSON.parse(readFileSync(new URL(`../fixtures/${name}.json`, import.meta.url), 'utf8'));
}
