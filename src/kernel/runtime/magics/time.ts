import { type CellMagic, type LineMagic, UsageError } from './registry.ts';

function needsCode(): never {
  throw new UsageError('%time: expected a statement behind it, or %%time as the first line of a cell');
}

/** `%time`; the compiler takes it apart, since what follows it is TypeScript. */
export const time: LineMagic = {
  summary: 'runs a statement and prints how long it took',
  usage: 'statement',
  run: needsCode,
};

/** `%%time`, likewise. */
export const timeCell: CellMagic = { summary: 'runs the cell and prints how long it took', run: needsCode };
