import { z } from 'zod';
import { featureSchemaSchema } from '../preprocessing/transformer-schema.ts';
import type { EstimatorState } from './estimator-state.ts';

const numbers = z.array(z.number());
const label = z.union([z.string(), z.number()]);

const linearRegression = z
  .strictObject({
    kind: z.literal('LinearRegression'),
    params: z.strictObject({ fitIntercept: z.boolean(), tol: z.number() }),
    schema: featureSchemaSchema,
    learned: z.strictObject({ coef: numbers, intercept: z.number() }),
  })
  .refine(({ schema, learned }) => learned.coef.length === schema.features.length, {
    message: 'expected as many coefficients as features',
  });

const logisticRegression = z
  .strictObject({
    kind: z.literal('LogisticRegression'),
    params: z.strictObject({ C: z.number(), tol: z.number(), maxIter: z.number(), fitIntercept: z.boolean() }),
    schema: featureSchemaSchema,
    learned: z.strictObject({
      classes: z.array(label).min(2),
      coef: z.array(numbers),
      intercept: numbers,
      nIter: z.number(),
      converged: z.boolean(),
    }),
  })
  .refine(
    ({ schema, learned: { classes, coef, intercept } }) => {
      const rows = classes.length === 2 ? 1 : classes.length;
      const isComplete = coef.every((row) => row.length === schema.features.length);
      return coef.length === rows && intercept.length === rows && isComplete;
    },
    { message: 'expected as many coefficients as classes and features' },
  );

function curve<Kind extends string, Params extends z.ZodType, Learned extends z.ZodType>(
  kind: Kind,
  params: Params,
  learned: Learned,
) {
  return z
    .strictObject({ kind: z.literal(kind), params, schema: featureSchemaSchema, learned })
    .refine(({ schema }) => schema.features.length === 1, { message: 'expected one feature' });
}

/** Checks the JSON of a fitted estimator. */
export const estimatorStateSchema: z.ZodType<EstimatorState> = z.union([
  linearRegression,
  logisticRegression,
  curve(
    'PolynomialRegression',
    z.strictObject({ degree: z.int().min(1) }),
    z.strictObject({ coef: numbers, centre: z.number(), halfRange: z.number().positive() }),
  ),
  curve(
    'ExponentialRegression',
    z.strictObject({}),
    z.strictObject({ level: z.number(), rate: z.number(), centre: z.number() }),
  ),
  curve('PowerRegression', z.strictObject({}), z.strictObject({ factor: z.number(), exponent: z.number() })),
  curve('TheilSenRegression', z.strictObject({}), z.strictObject({ slope: z.number(), intercept: z.number() })),
]);
