import type { Matrix } from '../base/matrix.ts';
import type { ColumnChain, Operation } from './column-chains.ts';
import type { Cell, Rows } from './read-input.ts';

/** Returns rows as the estimator takes them: exactly what the model's steps would make of them. */
export function prepareRows({ rowCount, cells }: Rows, width: number, chains: readonly ColumnChain[]): Matrix {
  const columns = chains.length;
  const data = new Float64Array(rowCount * columns);
  for (let i = 0, at = 0; i < rowCount; i++) {
    for (const { source, operations } of chains) {
      let value: Cell = cells[i * width + source] ?? null;
      for (const operation of operations) value = apply(operation, value);
      data[at++] = value === null ? NaN : (value as number);
    }
  }
  return { data, rows: rowCount, columns };
}

function apply(operation: Operation, value: Cell): Cell {
  if (operation.kind === 'is') return value === operation.category ? 1 : 0;
  if (operation.kind === 'fill') return value ?? operation.fill;
  if (value === null) return null;
  if (operation.kind === 'standardise') return ((value as number) - operation.mean) / operation.scale;
  const { factor, offset, low, high } = operation;
  return Math.min(Math.max((value as number) * factor + offset, low), high);
}
