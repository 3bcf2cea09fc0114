import type { Category, FeatureSchema } from '../preprocessing/features.ts';
import type { ColumnChain, Operation } from './column-chains.ts';

/** What a model takes in one of its columns. */
export interface InputField {
  readonly name: string;
  readonly type: 'number' | 'string';
  /** Whether the value may be missing: the model fills it, encodes it, or does not look at it. */
  readonly isOptional: boolean;
  /** The categories the model has learned, without the missing one; undefined for a column that is no category. */
  readonly categories: readonly (string | number)[] | undefined;
  /** Whether a category that is not among `categories` is refused. */
  readonly isClosed: boolean;
  /** A value that the model can predict from: a category, or what it saw on average. */
  readonly example: number | string;
}

/** Returns what a model takes, column by column, as the way of its columns to the estimator tells. */
export function inputFields({ features }: FeatureSchema, chains: readonly ColumnChain[]): InputField[] {
  return features.map(({ name, type }, j) => {
    const ways = chains.filter(({ source }) => source === j).map(({ operations }) => operations);
    const encoder = ways.map(encoderOf).find((found) => found !== undefined);
    const categories = encoder?.known.filter((category): category is Exclude<Category, null> => category !== null);
    const typical = ways
      .flat()
      .map(typicalValue)
      .find((value) => value !== undefined);
    return {
      name,
      type,
      isOptional: ways.every(takesMissing),
      categories,
      isClosed: encoder?.isStrict ?? false,
      example: categories?.[0] ?? typical ?? (type === 'number' ? 1 : ''),
    };
  });
}

type Encoder = Extract<Operation, { kind: 'is' }>;

/** The encoder that sees the values as they come in, gaps filled or not. */
function encoderOf(operations: readonly Operation[]): Encoder | undefined {
  const first = operations.find(({ kind }) => kind !== 'fill');
  return first?.kind === 'is' ? first : undefined;
}

function takesMissing(operations: readonly Operation[]): boolean {
  return operations.some(
    (operation) =>
      operation.kind === 'fill' || (operation.kind === 'is' && (!operation.isStrict || operation.known.includes(null))),
  );
}

/** Three digits are enough for an example. */
function typicalValue(operation: Operation): number | string | undefined {
  if (operation.kind === 'is') return undefined;
  const value = operation.kind === 'fill' ? operation.fill : operation.typical;
  return typeof value === 'number' ? Number(value.toPrecision(3)) : value;
}
