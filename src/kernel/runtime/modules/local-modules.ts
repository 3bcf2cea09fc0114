import { createRequire, isBuiltin } from 'node:module';
import { fileURLToPath } from 'node:url';
import { moduleUrl } from '../../../base/module-url.ts';
import type { Shield } from '../../shield.ts';
import type * as Hooks from './reload-hooks.ts';

/**
 * The modules that cells import. Edited ones are loaded anew: see `ReloadHooks`, which Node's loader gets when the first
 * cell imports something, so that the kernel's start and cells without imports do without it.
 */
export class LocalModules {
  readonly #shield: Shield;
  #hooks: Hooks.ReloadHooks | undefined;
  #isReloading = true;

  constructor(shield: Shield) {
    this.#shield = shield;
  }

  /** Whether edited modules are loaded anew. Default: true. */
  get isReloading(): boolean {
    return this.#isReloading;
  }

  set isReloading(value: boolean) {
    this.#isReloading = value;
    if (this.#hooks !== undefined) this.#hooks.isReloading = value;
  }

  /** Looks at a cell before it runs. */
  beforeCell(file: string, code: string): void {
    if (/\bimport\b/.test(code)) this.#install().addCell(file);
  }

  /** Returns a `require` that loads edited modules anew, relative to `file`. */
  require(file: string): NodeJS.Require {
    const plain = createRequire(file);
    const require = (id: string): unknown => (isBuiltin(id) ? plain(id) : this.#install().require(plain, file, id));
    return Object.assign(require, plain);
  }

  /** Gives up what was being loaded when an interrupt came. */
  abandon(): void {
    this.#hooks?.abandon();
  }

  /** Returns a frame of a stack with the place in a module's file where V8 names one in what was compiled from it. */
  original(frame: string): string {
    return this.#hooks?.original(frame) ?? frame;
  }

  /** Returns the paths of the modules that cells have loaded, directly or not. */
  loadedFiles(): string[] {
    return this.#hooks?.loadedFiles() ?? [];
  }

  /** Leaves Node's loader as it was. */
  close(): void {
    this.#hooks?.close();
    this.#hooks = undefined;
  }

  /** Loads a module of the kernel that is seldom needed; in one go, since one whose loading is terminated stays broken. */
  loadOwn(url: URL): unknown {
    return this.#shield.protect(() => createRequire(import.meta.url)(fileURLToPath(url)) as unknown);
  }

  #install(): Hooks.ReloadHooks {
    if (this.#hooks === undefined) {
      const { ReloadHooks } = this.loadOwn(moduleUrl('./reload-hooks', import.meta.url)) as typeof Hooks;
      this.#hooks = this.#shield.protect(() => new ReloadHooks(this.#shield));
      this.#hooks.isReloading = this.#isReloading;
    }
    return this.#hooks;
  }
}
