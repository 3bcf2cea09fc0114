import type { Cell } from '../notebook/document.ts';
import { cellTags } from '../notebook/tags.ts';
import { parseDuration } from './duration.ts';

const prefix = 'timeout:';

/**
 * Returns how long a cell may run: what its tag `timeout:30s` says, or `defaultMs`.
 *
 * @throws InvalidArgumentError for such a tag without a duration
 */
export function cellTimeoutMs(cell: Cell, defaultMs: number, where: string): number {
  const tag = cellTags(cell).find((each) => each.startsWith(prefix));
  return tag === undefined
    ? defaultMs
    : parseDuration(tag.slice(prefix.length), `${where}: tag ${JSON.stringify(tag)}`);
}
