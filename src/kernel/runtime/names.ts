/**
 * The names of a notebook. They are plain data properties of the global object (measured: several
 * times faster than accessors or a proxy), except those that Node itself uses, which live in `own`.
 */
export class Names {
  readonly builtins: ReadonlySet<string> = new Set(
    Object.getOwnPropertyNames(globalThis).concat('undefined', 'NaN', 'Infinity'),
  );

  /** Names of the notebook that Node uses too: replacing the real ones would break packages. */
  readonly own: Record<string, unknown> = Object.create(null) as Record<string, unknown>;

  /** Reads names like the notebook does, and throws at every assignment, as JavaScript does for constants. */
  readonly fixed: Record<string, unknown> = new Proxy(Object.create(null) as Record<string, unknown>, {
    get: (_, name) => this.get(String(name)),
    set: (_, name) => {
      throw new TypeError(`Assignment to constant variable '${String(name)}'.`);
    },
  });

  /** Makes the names that are not there yet and returns them. */
  declare(names: readonly string[]): string[] {
    const fresh = names.filter((name) => !Object.hasOwn(this.#home(name), name));
    for (const name of fresh) {
      Object.defineProperty(this.#home(name), name, {
        value: undefined,
        writable: true,
        enumerable: true,
        configurable: true,
      });
    }
    return fresh;
  }

  /** Takes back names that a failed cell has declared and never given a value. */
  withdraw(names: readonly string[]): void {
    for (const name of names) if (this.get(name) === undefined) delete this.#home(name)[name];
  }

  /** Returns the value of a name, of the notebook's own first. */
  get(name: string): unknown {
    return Object.hasOwn(this.own, name) ? this.own[name] : Reflect.get(globalThis, name);
  }

  /** Returns whether the name is defined. */
  has(name: string): boolean {
    return Object.hasOwn(this.own, name) || name in globalThis;
  }

  #home(name: string): Record<string, unknown> {
    return this.builtins.has(name) ? this.own : globalThis;
  }
}
