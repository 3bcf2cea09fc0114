import type { Category, FeatureSchema } from '../preprocessing/features.ts';
import type { ColumnCategories, TransformerState } from '../preprocessing/transformer-state.ts';
import type { Pipeline } from '../training/pipeline.ts';

/** One thing that preprocessing does to a value. */
export type Operation =
  | { readonly kind: 'standardise'; readonly mean: number; readonly scale: number; readonly typical: number }
  | {
      readonly kind: 'rescale';
      readonly factor: number;
      readonly offset: number;
      readonly low: number;
      readonly high: number;
      readonly typical: number;
    }
  | { readonly kind: 'fill'; readonly fill: number | string }
  | {
      readonly kind: 'is';
      readonly category: Category;
      readonly known: readonly Category[];
      readonly isStrict: boolean;
    };

/** How one column of the estimator comes from one column of the input. */
export interface ColumnChain {
  /** The index of the input column. */
  readonly source: number;
  readonly operations: readonly Operation[];
}

interface NamedChain extends ColumnChain {
  readonly name: string;
}

/**
 * Returns, for each column that the estimator takes, where it comes from and what the steps do to it on the way.
 * Every transformer works value by value once it is fitted; without tables in between a row takes a microsecond.
 */
export function columnChains({ schema, steps, estimator }: Pipeline): ColumnChain[] {
  const input = schema.features.map(({ name }, source): NamedChain => ({ name, source, operations: [] }));
  const prepared = steps.reduce<readonly NamedChain[]>((chains, step) => through(step.toJSON(), chains), input);
  return chosen(prepared, estimator.schema);
}

function through(state: TransformerState, chains: readonly NamedChain[]): NamedChain[] {
  const inputs = chosen(chains, state.schema);
  switch (state.kind) {
    case 'StandardScaler': {
      const { withMean, withStd } = state.params;
      return inputs.map((chain, j) => {
        const { mean, scale } = state.learned[j]!;
        return extended(chain, {
          kind: 'standardise',
          mean: withMean ? mean : 0,
          scale: withStd ? scale : 1,
          typical: mean,
        });
      });
    }
    case 'MinMaxScaler':
      return inputs.map((chain, j) => extended(chain, rescaling(state.params, state.learned[j]!)));
    case 'SimpleImputer':
      return inputs.map((chain, j) => extended(chain, { kind: 'fill', fill: state.learned[j]!.fill }));
    case 'OneHotEncoder':
      return inputs.flatMap((chain, j) => encoded(chain, state.learned[j]!, state.params.handleUnknown === 'error'));
    case 'SelectKBest':
      return inputs.filter((_, j) => state.learned[j]!.isSelected);
    case 'ColumnTransformer': {
      const used = new Set(state.transformers.flatMap(({ columns }) => columns));
      const parts = state.transformers.flatMap(({ columns, steps }) => {
        const part = columns.map((name) => inputs.find((chain) => chain.name === name)!);
        return steps.reduce((some, step) => through(step, some), part);
      });
      return state.params.remainder === 'drop' ? parts : [...parts, ...inputs.filter(({ name }) => !used.has(name))];
    }
  }
}

/** By name where both sides have names, else by place. */
function chosen(chains: readonly NamedChain[], { isNamed, features }: FeatureSchema): NamedChain[] {
  return features.map(({ name }, j) => {
    const chain = isNamed ? chains.find((one) => one.name === name) : chains[j];
    return { ...(chain ?? chains[j]!), name };
  });
}

function extended<Chain extends ColumnChain>(chain: Chain, operation: Operation): Chain {
  return { ...chain, operations: [...chain.operations, operation] };
}

function encoded(chain: NamedChain, { categories, dropped }: ColumnCategories, isStrict: boolean): NamedChain[] {
  return categories.flatMap((category, index) =>
    index === dropped
      ? []
      : [
          {
            ...extended(chain, { kind: 'is', category, known: categories, isStrict }),
            name: `${chain.name}_${category}`,
          },
        ],
  );
}

/** As `MinMaxScaler` computes it. */
function rescaling(
  { featureRange, clip }: { readonly featureRange: readonly [number, number]; readonly clip: boolean },
  { min, max }: { readonly min: number; readonly max: number },
): Operation {
  const [low, high] = featureRange;
  const factor = (high - low) / (max - min < 10 * Number.EPSILON ? 1 : max - min);
  const [from, to] = clip ? featureRange : [-Infinity, Infinity];
  return { kind: 'rescale', factor, offset: low - min * factor, low: from, high: to, typical: (min + max) / 2 };
}
