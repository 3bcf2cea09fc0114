/** A module that was asked for. */
interface Module {
  /** Which instance of it is the current one; 0 is the first. */
  version: number;
  /** What it has asked for: specifier → URL. */
  imports: Map<string, string>;
  state: 'loading' | 'evaluated' | 'failed';
}

/** The end of a URL's query, which tells the instances of a module apart: Node keeps one module for each URL. */
const VERSION = /[?&]labmill=(\d+)(?=#|$)/;

/** Returns a module's URL without the version that the kernel has put into it. */
export function plainUrl(url: string): string {
  return url.replace(VERSION, '');
}

/** Returns the version in a module's URL; 0 where there is none. */
export function versionOf(url: string): number {
  return Number(VERSION.exec(url)?.[1] ?? 0);
}

/**
 * Knows which module has imported which, and which instance of each is the current one. When a file was edited, it and
 * everything that has imported it, directly or not, get the same new version, so that what is imported next never meets an
 * instance that holds on to old code; all others keep theirs, and with it their state. Modules are known by their plain URLs.
 */
export class ModuleGraph {
  readonly #modules = new Map<string, Module>();
  #version = 0;

  /** Notes that `importer` asks for a module, and returns the URL of its current instance. */
  link(importer: string, specifier: string, url: string): string {
    // What was never asked for itself is a cell.
    this.#module(importer, 'evaluated').imports.set(specifier, url);
    const { version } = this.#module(url, 'loading');
    if (version === 0) return url;
    const [, head, hash] = /^([^#]*)(.*)$/s.exec(url)!;
    return `${head}${head!.includes('?') ? '&' : '?'}labmill=${version}${hash}`;
  }

  /** Notes how an import has ended; one that failed leaves modules behind that will never be evaluated. */
  settle(importer: string, specifier: string, isEvaluated: boolean): void {
    const url = this.#modules.get(importer)?.imports.get(specifier);
    const waiting = url === undefined ? [] : [url];
    for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
      const module = this.#modules.get(next);
      const state = isEvaluated ? 'evaluated' : 'failed';
      if (module === undefined || module.state === 'evaluated' || module.state === state) continue;
      module.state = state;
      waiting.push(...module.imports.values());
    }
  }

  /** Gives up what is not evaluated yet: an interrupt has ended it. */
  abandon(): void {
    for (const module of this.#modules.values()) if (module.state === 'loading') module.state = 'failed';
  }

  /** Gives a new version to edited modules, to what has imported them, and to those that failed; returns their URLs. */
  outdate(edited: Iterable<string>): string[] {
    const outdated = new Set(edited);
    const importers = outdated.size === 0 ? undefined : this.#importers();
    // The set grows while it is walked.
    for (const url of outdated) importers?.get(url)?.forEach((importer) => outdated.add(importer));
    for (const [url, { state }] of this.#modules) if (state === 'failed') outdated.add(url);
    if (outdated.size > 0) this.#version++;
    for (const url of outdated) {
      const module = this.#module(url, 'loading');
      Object.assign(module, { version: this.#version, imports: new Map(), state: 'loading' } satisfies Module);
    }
    return [...outdated];
  }

  /** Returns the URLs of all modules that were asked for. */
  urls(): string[] {
    return [...this.#modules.keys()];
  }

  #module(url: string, state: Module['state']): Module {
    const known = this.#modules.get(url);
    if (known !== undefined) return known;
    const module: Module = { version: 0, imports: new Map(), state };
    this.#modules.set(url, module);
    return module;
  }

  #importers(): Map<string, string[]> {
    const importers = new Map<string, string[]>();
    for (const [importer, { imports }] of this.#modules) {
      for (const url of imports.values()) {
        const known = importers.get(url);
        if (known === undefined) importers.set(url, [importer]);
        else known.push(importer);
      }
    }
    return importers;
  }
}
