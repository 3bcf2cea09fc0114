import type { Category, FeatureSchema } from './features.ts';

/** What a `StandardScaler` learns from one column. */
export interface StandardScaling {
  readonly mean: number;
  readonly variance: number;
  readonly scale: number;
}

/** What a `MinMaxScaler` learns from one column. */
export interface ColumnRange {
  readonly min: number;
  readonly max: number;
}

/** What a `SimpleImputer` learns from one column: the value that fills its gaps. */
export interface ColumnFill {
  readonly fill: number | string;
}

/** What a `OneHotEncoder` learns from one column. */
export interface ColumnCategories {
  readonly categories: readonly Category[];
  /** The index of the category without an output column; null when all have one. */
  readonly dropped: number | null;
}

/** What a `SelectKBest` learns about one column. JSON has no NaN and no Infinity, so they are words here. */
export interface FeatureScore {
  /** The F of the column: 'NaN' when it is constant, 'Infinity' when it is so within each class. */
  readonly score: number | 'NaN' | 'Infinity';
  readonly pvalue: number | 'NaN' | 'Infinity';
  readonly isSelected: boolean;
}

/** The state of a transformer that learns from each column: its options, the columns, and one piece of knowledge each. */
interface ColumnwiseState<Kind extends string, Params, Learned> {
  readonly kind: Kind;
  readonly params: Params;
  readonly schema: FeatureSchema;
  readonly learned: readonly Learned[];
}

/** What `StandardScaler.toJSON` returns. */
export type StandardScalerState = ColumnwiseState<
  'StandardScaler',
  { readonly withMean: boolean; readonly withStd: boolean },
  StandardScaling
>;

/** What `MinMaxScaler.toJSON` returns. */
export type MinMaxScalerState = ColumnwiseState<
  'MinMaxScaler',
  { readonly featureRange: readonly [low: number, high: number]; readonly clip: boolean },
  ColumnRange
>;

/** What `SimpleImputer.toJSON` returns. */
export type SimpleImputerState = ColumnwiseState<
  'SimpleImputer',
  {
    readonly strategy: 'mean' | 'median' | 'most_frequent' | 'constant';
    readonly fillValue?: number | string;
  },
  ColumnFill
>;

/** What `OneHotEncoder.toJSON` returns. */
export type OneHotEncoderState = ColumnwiseState<
  'OneHotEncoder',
  {
    readonly categories: 'auto' | readonly (readonly Category[])[];
    readonly drop: 'first' | 'if_binary' | readonly Category[] | null;
    readonly handleUnknown: 'error' | 'ignore';
  },
  ColumnCategories
>;

/** What `SelectKBest.toJSON` returns. */
export type SelectKBestState = ColumnwiseState<'SelectKBest', { readonly k: number }, FeatureScore>;

/** What `ColumnTransformer.toJSON` returns. */
export interface ColumnTransformerState {
  readonly kind: 'ColumnTransformer';
  readonly params: { readonly remainder: 'drop' | 'passthrough' };
  readonly schema: FeatureSchema;
  readonly namesOut: readonly string[];
  readonly transformers: readonly {
    readonly columns: readonly string[];
    readonly steps: readonly TransformerState[];
  }[];
}

/** A fitted transformer as plain JSON: every number is finite and keeps all its digits. */
export type TransformerState =
  | StandardScalerState
  | MinMaxScalerState
  | SimpleImputerState
  | OneHotEncoderState
  | SelectKBestState
  | ColumnTransformerState;
