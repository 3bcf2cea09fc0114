import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { md5 } from '../format/object-id.ts';
import { TemporaryArea } from './temporary-area.ts';
import { decodeTreeState, encodeTreeState, type TreeState } from './tree-state.ts';

/**
 * Remembers the states of tracked files and folders, one record each, so that what has not changed need not be read again.
 * Losing a record, or all, costs time and nothing else; records are replaced as a whole and carry a checksum.
 */
export class TreeIndex {
  readonly #directory: string;
  /** Where files of the workspace are written before they are renamed to their places. */
  readonly temporary: TemporaryArea;

  /** @param directory Labmill's own folder below `.dvc/tmp`; it is made when something is written */
  constructor(directory: string) {
    this.#directory = join(directory, 'trees');
    this.temporary = new TemporaryArea(join(directory, 'new'));
  }

  /** Returns what is remembered of the tree at `path`, from the repository's root. */
  load(path: string): TreeState | undefined {
    const tree = this.#read(md5(path));
    return tree?.path === path ? tree : undefined;
  }

  /** Remembers a tree; what can't be written is not remembered, since a full disk is no reason to fail. */
  save(tree: TreeState): void {
    const temporary = this.temporary.next();
    try {
      mkdirSync(this.#directory, { recursive: true });
      writeFileSync(temporary, encodeTreeState(tree));
      renameSync(temporary, join(this.#directory, md5(tree.path)));
    } catch {
      rmSync(temporary, { force: true });
    }
  }

  /** Forgets the tree at `path`. */
  forget(path: string): void {
    rmSync(join(this.#directory, md5(path)), { force: true });
  }

  /** Returns all that is remembered. */
  all(): TreeState[] {
    return this.#names().flatMap((name) => this.#read(name) ?? []);
  }

  #names(): string[] {
    try {
      return readdirSync(this.#directory);
    } catch {
      return [];
    }
  }

  #read(name: string): TreeState | undefined {
    try {
      return decodeTreeState(readFileSync(join(this.#directory, name)));
    } catch {
      return undefined;
    }
  }
}
