import { z } from 'zod';
import { InvalidArgumentError } from '../base/errors.ts';
import { ColumnTransformer } from './column-transformer.ts';
import { MinMaxScaler } from './min-max-scaler.ts';
import { OneHotEncoder } from './one-hot-encoder.ts';
import { SelectKBest } from './select-k-best.ts';
import { SimpleImputer } from './simple-imputer.ts';
import { StandardScaler } from './standard-scaler.ts';
import type { Transformer } from './transformer.ts';
import { transformerStateSchema } from './transformer-schema.ts';
import type { TransformerState } from './transformer-state.ts';

/**
 * Returns the fitted transformer whose `toJSON` gave `state`.
 *
 * @throws InvalidArgumentError when `state` is not the state of a known transformer
 */
export function transformerFromJSON(state: unknown): Transformer {
  const parsed = transformerStateSchema.safeParse(state);
  if (!parsed.success) {
    throw new InvalidArgumentError(`transformerFromJSON: not a transformer's state: ${z.prettifyError(parsed.error)}`, {
      cause: parsed.error,
    });
  }
  return restore(parsed.data);
}

function restore(state: TransformerState): Transformer {
  switch (state.kind) {
    case 'StandardScaler':
      return StandardScaler.fromJSON(state);
    case 'MinMaxScaler':
      return MinMaxScaler.fromJSON(state);
    case 'SimpleImputer':
      return SimpleImputer.fromJSON(state);
    case 'OneHotEncoder':
      return OneHotEncoder.fromJSON(state);
    case 'SelectKBest':
      return SelectKBest.fromJSON(state);
    case 'ColumnTransformer':
      return ColumnTransformer.fromJSON(state, restore);
  }
}
