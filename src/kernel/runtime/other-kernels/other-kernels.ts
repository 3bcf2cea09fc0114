import { registerHooks } from 'node:module';
import { moduleUrl } from '../../../base/module-url.ts';
import type { Output } from '../output.ts';
import { deno } from './deno.ts';
import { PROVIDED_PACKAGES } from './provided-packages.ts';
import { tslab } from './tslab.ts';

/** Where `tslab-module.ts` finds what it exports. */
const TSLAB = Symbol.for('labmill.tslab');

/** What other kernels offer their cells, by the names that cells know it by; the compiler leads these names here. */
export type OtherKernels = Readonly<Record<'Deno' | 'tslab', object>>;

/**
 * Makes notebooks run that were made for other kernels: returns their names, and lets `import 'tslab'` find its own,
 * whether the package is installed or not. Nothing is put on the global object, where packages look to see whether they run in Deno.
 */
export function otherKernels(output: Pick<Output, 'display' | 'clear'>): OtherKernels {
  const names = { Deno: deno(output), tslab: tslab(output) };
  Object.defineProperty(globalThis, TSLAB, { value: names.tslab, configurable: true });
  const url = moduleUrl('./tslab-module', import.meta.url).href;
  registerHooks({
    resolve: (specifier, context, next) =>
      PROVIDED_PACKAGES.has(specifier) ? { url, shortCircuit: true } : next(specifier, context),
  });
  return names;
}
