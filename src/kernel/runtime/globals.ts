import { createRequire } from 'node:module';
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { mimeBundle } from './mime-bundle.ts';
import type { Output } from './output.ts';

/** What `display` returns. As the value of a cell it shows nothing: what it stands for is shown already. */
export class DisplayHandle {
  readonly id: string;
  readonly #output: Output;

  constructor(id: string, output: Output) {
    this.id = id;
    this.#output = output;
  }

  /** Replaces what is shown, wherever it is shown. */
  update(value: unknown): void {
    this.#output.display(mimeBundle(value), this.id, true);
  }
}

/**
 * Puts the kernel's own functions on the global object: `display(value, { id })`, `clearOutput({ wait })`, and `require`
 * relative to the notebook's folder. Cells may declare these names for themselves.
 */
export function installGlobals(output: Output, folder: string): void {
  const globals = {
    display(value: unknown, options: { readonly id?: string } = {}): DisplayHandle {
      const id = options.id ?? randomUUID();
      output.display(mimeBundle(value), id);
      return new DisplayHandle(id, output);
    },
    clearOutput(options: { readonly wait?: boolean } = {}): void {
      output.clear(options.wait ?? false);
    },
    require: createRequire(join(folder, 'notebook.js')),
    _exitCode: undefined,
  };
  for (const [name, value] of Object.entries(globals)) {
    Object.defineProperty(globalThis, name, { value, writable: true, enumerable: false, configurable: true });
  }
}
