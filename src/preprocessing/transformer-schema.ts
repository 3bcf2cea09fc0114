import { z } from 'zod';
import type { Category, FeatureSchema } from './features.ts';
import type { TransformerState } from './transformer-state.ts';

const category: z.ZodType<Category> = z.union([z.string(), z.number(), z.null()]);

/** Checks the names and types of a fitted model's or transformer's columns. */
export const featureSchemaSchema: z.ZodType<FeatureSchema> = z.strictObject({
  isNamed: z.boolean(),
  features: z.array(z.strictObject({ name: z.string(), type: z.enum(['number', 'string']) })).min(1),
});

/** A number that may be none: JSON has words for those. */
const statistic = z.union([z.number().min(0), z.literal('NaN'), z.literal('Infinity')]);

function columnwise<Kind extends string, Params extends z.ZodType, Learned extends z.ZodType>(
  kind: Kind,
  params: Params,
  learned: Learned,
) {
  return z
    .strictObject({ kind: z.literal(kind), params, schema: featureSchemaSchema, learned: z.array(learned) })
    .refine(({ schema, learned: columns }) => schema.features.length === columns.length, {
      message: 'expected as many learned columns as features',
    });
}

/** Checks the JSON of a fitted transformer. */
export const transformerStateSchema: z.ZodType<TransformerState> = z.lazy(() =>
  z.union([
    columnwise(
      'StandardScaler',
      z.strictObject({ withMean: z.boolean(), withStd: z.boolean() }),
      z.strictObject({ mean: z.number(), variance: z.number().min(0), scale: z.number().positive() }),
    ),
    columnwise(
      'MinMaxScaler',
      z.strictObject({ featureRange: z.tuple([z.number(), z.number()]), clip: z.boolean() }),
      z.strictObject({ min: z.number(), max: z.number() }),
    ),
    columnwise(
      'SimpleImputer',
      z.strictObject({
        strategy: z.enum(['mean', 'median', 'most_frequent', 'constant']),
        fillValue: z.union([z.number(), z.string()]).exactOptional(),
      }),
      z.strictObject({ fill: z.union([z.number(), z.string()]) }),
    ),
    columnwise(
      'OneHotEncoder',
      z.strictObject({
        categories: z.union([z.literal('auto'), z.array(z.array(category))]),
        drop: z.union([z.enum(['first', 'if_binary']), z.array(category), z.null()]),
        handleUnknown: z.enum(['error', 'ignore']),
      }),
      z.strictObject({ categories: z.array(category), dropped: z.int().min(0).nullable() }),
    ),
    columnwise(
      'SelectKBest',
      z.strictObject({ k: z.int().min(1) }),
      z.strictObject({ score: statistic, pvalue: statistic, isSelected: z.boolean() }),
    ),
    z.strictObject({
      kind: z.literal('ColumnTransformer'),
      params: z.strictObject({ remainder: z.enum(['drop', 'passthrough']) }),
      schema: featureSchemaSchema,
      namesOut: z.array(z.string()),
      transformers: z.array(z.strictObject({ columns: z.array(z.string()), steps: z.array(transformerStateSchema) })),
    }),
  ]),
);
