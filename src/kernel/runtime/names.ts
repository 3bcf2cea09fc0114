import { runInThisContext } from 'node:vm';

/** Reads and writes the binding of one name. */
interface Binding {
  readonly get: () => unknown;
  readonly set: (value: unknown) => void;
}

/**
 * The names of a notebook. They are `let` bindings of script scope, where V8 keeps numbers in place and knows what is
 * never assigned again: a loop over them is as fast as in a module, and several times faster than over properties
 * of the global object. Names that Node itself uses live in `own` instead, since script scope is what packages see, too.
 */
export class Names {
  readonly builtins: ReadonlySet<string> = new Set(
    Object.getOwnPropertyNames(globalThis).concat('undefined', 'NaN', 'Infinity'),
  );

  /** Names of the notebook that Node uses too: replacing the real ones would break packages. */
  readonly own: Record<string, unknown> = Object.create(null) as Record<string, unknown>;

  /** Names that cells know without declaring them, and that packages must not see; see `otherKernels`. */
  readonly foreign: Record<string, unknown> = Object.create(null) as Record<string, unknown>;

  /** Reads names like the notebook does, and throws at every assignment, as JavaScript does for constants. */
  readonly fixed: Record<string, unknown> = new Proxy(Object.create(null) as Record<string, unknown>, {
    get: (_, name) => this.get(String(name)),
    set: (_, name) => {
      throw new TypeError(`Assignment to constant variable '${String(name)}'.`);
    },
  });

  /** Throws at every use of a name that is declared no more, as JavaScript does for one that never was. */
  readonly missing: Record<string, unknown> = new Proxy(Object.create(null) as Record<string, unknown>, {
    get: (_, name) => (name in globalThis ? Reflect.get(globalThis, name) : missing(String(name))),
    set: (_, name) => missing(String(name)),
  });

  readonly #declared = new Set<string>();
  /** The names that script scope has, with what reads and writes them once that was needed. */
  readonly #bindings = new Map<string, Binding | undefined>();

  /**
   * Makes the names that are not there yet and returns them.
   *
   * @throws TypeError when a script has made the name a constant of the global scope
   */
  declare(names: readonly string[]): string[] {
    const fresh = names.filter((name) => !this.#declared.has(name));
    const unbound = fresh.filter((name) => !this.builtins.has(name) && !this.#bindings.has(name));
    if (unbound.length > 0) this.#bind(unbound);
    for (const name of fresh) {
      if (this.builtins.has(name)) this.own[name] = undefined;
      this.#declared.add(name);
    }
    return fresh;
  }

  /** Returns the names that are declared, in the order in which they first were. */
  list(): string[] {
    return [...this.#declared];
  }

  /** Takes names back: they have no value any more. (A binding of script scope cannot be removed; it is `undefined`.) */
  forget(names: readonly string[]): void {
    for (const name of names) {
      if (!this.#declared.delete(name)) continue;
      if (this.builtins.has(name)) delete this.own[name];
      else this.#binding(name).set(undefined);
    }
  }

  /** Takes those names back that were never given a value, and returns them. */
  withdraw(names: readonly string[]): string[] {
    const valueless = names.filter((name) => this.get(name) === undefined);
    this.forget(valueless);
    return valueless;
  }

  /** Returns the value of a name, of the notebook's own first. */
  get(name: string): unknown {
    if (!this.#declared.has(name)) return this.foreign[name] ?? Reflect.get(globalThis, name);
    return this.builtins.has(name) ? this.own[name] : this.#binding(name).get();
  }

  /** Gives a declared name a value. */
  set(name: string, value: unknown): void {
    if (this.builtins.has(name)) this.own[name] = value;
    else this.#binding(name).set(value);
  }

  /** Returns whether the name is defined. */
  has(name: string): boolean {
    return this.#declared.has(name) || name in this.foreign || name in globalThis;
  }

  /** One script for all of them; where one is there already (a script of the user's has made it), one by one. */
  #bind(names: readonly string[]): void {
    try {
      runInThisContext(`let ${names.join(',')}`);
    } catch (error) {
      if (!(error instanceof SyntaxError)) throw error;
      if (names.length > 1) return names.forEach((name) => this.#bind([name]));
      runInThisContext(`"use strict";${names[0]}=void 0`);
    }
    for (const name of names) this.#bindings.set(name, undefined);
  }

  #binding(name: string): Binding {
    const known = this.#bindings.get(name);
    if (known !== undefined) return known;
    const binding = runInThisContext(`({get(){return ${name}},set(){${name}=arguments[0]}})`) as Binding;
    this.#bindings.set(name, binding);
    return binding;
  }
}

function missing(name: string): never {
  throw new ReferenceError(`${name} is not defined`);
}
