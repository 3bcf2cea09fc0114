import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

/** CommonJS modules by path. */
const cache = createRequire(import.meta.url).cache;

/** The CommonJS modules that Node has, and how it forgets one. */
export class RequiredModules {
  /** Path of a module → the folders that it was required from, and as what. */
  readonly #requests = new Map<string, Map<string, readonly [folder: string, specifier: string]>>();
  #isForgetting = false;

  /** Returns the paths of all. */
  paths(): string[] {
    return Object.keys(cache);
  }

  /** Returns the paths of what each has required. Node's hooks learn only of the first in a folder who does. */
  children(): Array<readonly [path: string, child: string]> {
    // Programs put modules of their own making there, which may lack everything.
    const childrenOf = (module: Partial<NodeJS.Module> | undefined): NodeJS.Module[] => module?.children ?? [];
    return Object.entries(cache).flatMap(([path, module]) => childrenOf(module).map(({ id }) => [path, id] as const));
  }

  /** Notes that a module was required from another. */
  note(path: string, importer: string, specifier: string): void {
    const requests = this.#requests.get(path) ?? new Map<string, readonly [string, string]>();
    const folder = dirname(importer);
    this.#requests.set(path, requests.set(`${folder}\0${specifier}`, [folder, specifier]));
  }

  /**
   * Makes Node forget a module. It also remembers where a specifier leads from a folder, which is in no one's reach: it drops
   * that when it is asked and there is no such module any more. Else it would take the next instance, once that is linked and
   * before it is evaluated, for one in a circle, and hand out nothing.
   */
  forget(path: string): void {
    if (cache[path] === undefined) return;
    delete cache[path];
    this.#isForgetting = true;
    for (const [folder, specifier] of this.#requests.get(path)?.values() ?? []) {
      try {
        createRequire(join(folder, 'any.js'))(specifier);
      } catch {
        // See `refuse`.
      }
    }
    this.#isForgetting = false;
  }

  /** Called when Node is about to find a module; throws while a request is made only to be forgotten. */
  refuse(): void {
    if (this.#isForgetting) throw new Error('nothing is to be found');
  }

  /** Makes Node forget what it was loading. */
  forgetUnfinished(): void {
    for (const [path, module] of Object.entries(cache)) if (module?.loaded === false) this.forget(path);
  }
}
