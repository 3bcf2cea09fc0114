import type { Tslab } from './tslab.ts';

const tslab = Reflect.get(globalThis, Symbol.for('labmill.tslab')) as Tslab;

/** What a cell gets that imports or requires `tslab`; see `otherKernels`. */
export const display: Tslab['display'] = tslab.display;
/** See `display`. */
export const newDisplay: Tslab['newDisplay'] = tslab.newDisplay;
/** See `display`. */
export const versions: Tslab['versions'] = tslab.versions;
