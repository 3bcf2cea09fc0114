import type { Cell } from './document.ts';

/** Returns the tags of a cell. */
export function cellTags(cell: Cell): readonly string[] {
  const { tags } = cell.metadata;
  return Array.isArray(tags) ? tags.filter((tag) => typeof tag === 'string') : [];
}

/** Returns whether a cell carries `tag`. */
export function hasTag(cell: Cell, tag: string): boolean {
  return cellTags(cell).includes(tag);
}
