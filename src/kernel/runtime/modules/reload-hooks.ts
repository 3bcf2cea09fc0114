import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import {
  type LoadFnOutput,
  type LoadHookContext,
  registerHooks,
  type ResolveFnOutput,
  type ResolveHookContext,
} from 'node:module';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { Shield } from '../../shield.ts';
import { currentStamp, type FileStamp, stampOf } from './file-stamp.ts';
import { bridgeSource, isBridge, laterInstance } from './later-instance.ts';
import { resolveMeant, type Resolve } from './resolve-meant.ts';
import { refuseMissingPackage } from './missing-package.ts';
import { ModuleGraph, plainUrl, versionOf } from './module-graph.ts';
import { RequiredModules } from './required-modules.ts';
import { placeSyntaxError } from './syntax-error-place.ts';
import { isCompiled, TypeScriptModules } from './typescript.ts';

/** The files that are looked at again: a notebook's own, not those of packages. */
const WATCHED = /^file:(?!.*\/node_modules\/).*\.(?:[cm]?[jt]s|[jt]sx|json)(?:[?#]|$)/;
/** The kernel's own files. */
const OWN = new URL('../../../', import.meta.url).href;
/** Where Node tells of each `import()` that has ended. */
const IMPORT_END = 'tracing:module.import:asyncEnd';

/** What Node tells of an `import()` that has ended. */
interface ImportEnd {
  readonly parentURL: string;
  /** The specifier. */
  readonly url: string;
  readonly error?: unknown;
}

/**
 * Makes Node load edited modules anew: its loader asks here for the URL of every module that is imported or required, and gets
 * that of the current instance. Node finds, reads and links a module and all that it imports in one go, so that one look at the
 * files for each import of a cell is enough: what it sees is one state of them.
 */
export class ReloadHooks {
  /** Whether edited modules are loaded anew. */
  isReloading = true;
  readonly #graph = new ModuleGraph();
  readonly #required = new RequiredModules();
  readonly #typescript = new TypeScriptModules();
  readonly #stamps = new Map<string, FileStamp | undefined>();
  readonly #cells = new Set<string>();
  readonly #shield: Shield;
  readonly #hooks: { deregister(): void };
  #lastLoaded = '';

  constructor(shield: Shield) {
    this.#shield = shield;
    this.#hooks = registerHooks({
      resolve: (specifier, context, next) =>
        shield.protect(() => this.#resolve(specifier, context, (wanted) => next(wanted, context))),
      load: (url, context, next) => shield.protect(() => this.#load(url, context, () => next(url, context))),
    });
    subscribe(IMPORT_END, this.#onImportEnd);
  }

  /** Takes the hooks away again. */
  close(): void {
    unsubscribe(IMPORT_END, this.#onImportEnd);
    this.#hooks.deregister();
  }

  /** Notes that a script is a cell: whenever it imports something, the files are looked at. */
  addCell(file: string): void {
    this.#cells.add(pathToFileURL(file).href);
  }

  /** Looks at the files that were loaded; the next import of what was edited makes new instances. */
  check(): void {
    if (!this.isReloading) return;
    const edited: string[] = [];
    for (const [url, stamp] of this.#stamps) {
      const current = currentStamp(fileURLToPath(url), stamp);
      if (current === undefined || current.digest !== stamp?.digest) edited.push(url);
      else this.#stamps.set(url, current);
    }
    if (edited.length > 0) this.#linkRequired();
    for (const url of this.#graph.outdate(edited)) {
      this.#stamps.delete(url);
      this.#required.forget(fileURLToPath(url));
    }
  }

  /** Does what `require` of a cell does: `plain` is Node's own, relative to `file`. */
  require(plain: NodeJS.Require, file: string, id: string): unknown {
    const parent = pathToFileURL(file).href;
    // Here rather than in the hooks: Node does not ask them about what it has required from this folder before.
    this.#shield.protect(() => this.check());
    try {
      refuseMissingPackage(id, file, 'require');
      const exports: unknown = plain(id);
      this.#graph.settle(parent, id, true);
      return exports;
    } catch (error) {
      this.#onFailure(parent, id, error);
      throw error;
    }
  }

  /** See `TypeScriptModules`. */
  original(frame: string): string {
    return this.#typescript.original(frame);
  }

  /** Gives up the modules that are not evaluated yet: what was half-way when an interrupt came will never be complete. */
  abandon(): void {
    this.#graph.abandon();
    this.#required.forgetUnfinished();
  }

  /** Returns the paths of the modules that cells have loaded, directly or not. */
  loadedFiles(): string[] {
    return [...new Set([...this.#graph.urls().map((url) => fileURLToPath(url)), ...this.#required.paths()])];
  }

  #resolve(specifier: string, context: ResolveHookContext, next: Resolve): ResolveFnOutput {
    this.#required.refuse();
    if (isBridge(specifier)) return { url: pathToFileURL(specifier).href, format: 'module', shortCircuit: true };
    const parent = plainUrl(context.parentURL ?? '');
    if (this.#cells.has(parent)) this.check();
    const importer = parent.startsWith('file:') ? fileURLToPath(parent) : undefined;
    const isImport = context.conditions.includes('import');
    if (isImport && importer !== undefined) refuseMissingPackage(specifier, importer, 'import');
    const found = isOfNotebook(parent) ? resolveMeant(specifier, importer!, isImport, next) : next(specifier);
    if (!found.url.startsWith('file:') || found.url.startsWith(OWN)) return found;
    const plain = plainUrl(found.url);
    if (!isImport && importer !== undefined && WATCHED.test(plain)) {
      this.#required.note(fileURLToPath(plain), importer, specifier);
    }
    return { ...found, url: this.#graph.link(parent, specifier, plain) };
  }

  #load(url: string, { format, conditions }: LoadHookContext, next: () => LoadFnOutput): LoadFnOutput {
    if (isBridge(url)) return { format: 'module', source: bridgeSource(url), shortCircuit: true };
    const plain = plainUrl(url);
    if (!isOfNotebook(plain)) return next();
    this.#lastLoaded = fileURLToPath(plain);
    this.#stamps.set(plain, stampOf(this.#lastLoaded));
    const loaded = isCompiled(this.#lastLoaded) ? this.#typescript.load(this.#lastLoaded, format) : next();
    return versionOf(url) === 0 ? loaded : laterInstance(url, conditions.includes('require'), loaded);
  }

  #linkRequired(): void {
    for (const [path, child] of this.#required.children()) {
      const url = pathToFileURL(child).href;
      if (WATCHED.test(url)) this.#graph.link(pathToFileURL(path).href, child, url);
    }
  }

  readonly #onImportEnd = (message: unknown): void => {
    const end = message as ImportEnd;
    const importer = plainUrl(end.parentURL);
    this.#shield.protect(() => {
      if ('error' in end) this.#onFailure(importer, end.url, end.error);
      else this.#graph.settle(importer, end.url, true);
    });
  };

  /** Makes a failed import ready to be tried again, and its error readable. */
  #onFailure(parent: string, specifier: string, error: unknown): void {
    this.#graph.settle(parent, specifier, false);
    if (!(error instanceof SyntaxError)) return;
    placeSyntaxError(error, this.#lastLoaded);
    error.stack = String(error.stack).replace(/[?&]labmill=\d+(?=:\d)/g, '');
  }
}

/** Returns whether a file belongs to the notebook rather than to a package. */
function isOfNotebook(url: string): boolean {
  return WATCHED.test(url) && !url.startsWith(OWN);
}
