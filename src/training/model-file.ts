import { z } from 'zod';
import { InvalidArgumentError, ModelFileError } from '../base/errors.ts';
import { defaultMaxBytes, readCheckedJson, writeCheckedJson } from '../preprocessing/checked-json.ts';
import { transformerFromJSON } from '../preprocessing/transformer-from-json.ts';
import { featureSchemaSchema, transformerStateSchema } from '../preprocessing/transformer-schema.ts';
import { dataHash, type TrainingData } from './data-hash.ts';
import type { Estimator } from './estimator.ts';
import { estimatorFromJSON } from './estimator-from-json.ts';
import { estimatorStateSchema } from './estimator-schema.ts';
import { Pipeline } from './pipeline.ts';

/** Options of `saveModel`: what the file should tell about the model beside itself. */
export interface SaveModelOptions {
  /** Measured figures by name. Default: none. */
  readonly metrics?: Readonly<Record<string, number>>;
  /** The data the model learned from; their sha256 and number of rows are saved. Default: none. */
  readonly trainingData?: TrainingData;
  /** When the model was made. Default: the file says nothing, and equal models give equal files. */
  readonly createdAt?: Date;
}

/** Options of `loadModel`. */
export interface LoadModelOptions {
  /** The largest file that is read, in bytes. Default: 256 MiB. */
  readonly maxBytes?: number;
}

/** A model out of a file, and what the file tells about it. */
export interface LoadedModel {
  /** The model with its preprocessing; `model.schema` names the columns it expects. */
  readonly model: Pipeline;
  readonly metrics: Readonly<Record<string, number>>;
  readonly trainingData?: { readonly rows: number; readonly sha256: string };
  readonly createdAt?: Date;
}

const fileFormat = { format: 'labmill-model', version: 1 };

const contentSchema = z.strictObject({
  schema: featureSchemaSchema,
  classes: z.array(z.union([z.string(), z.number()])).exactOptional(),
  preprocessing: z.array(transformerStateSchema),
  estimator: estimatorStateSchema,
  metrics: z.record(z.string(), z.number()),
  trainingData: z.strictObject({ rows: z.int().min(1), sha256: z.hash('sha256') }).exactOptional(),
  createdAt: z.iso.datetime().exactOptional(),
});

/**
 * Saves a fitted model, with its preprocessing when it is a pipeline, as JSON with a checksum. The columns it
 * expects, its classes, options and learned values stand there under readable names; numbers keep all their digits.
 *
 * @throws NotFittedError before `fit`, InvalidArgumentError for an invalid `createdAt`
 * @throws ModelFileError when a number is not finite, FileWriteError when the file can't be written
 */
export function saveModel(path: string, model: Pipeline | Estimator, options: SaveModelOptions = {}): void {
  const { metrics = {}, trainingData, createdAt } = options;
  if (createdAt !== undefined && Number.isNaN(createdAt.getTime())) {
    throw new InvalidArgumentError('saveModel: expected a valid date as createdAt, got an invalid one');
  }
  const { steps, estimator } = 'steps' in model ? model : { steps: [], estimator: model };
  writeCheckedJson(path, fileFormat, {
    schema: model.schema,
    ...(estimator.task === 'classification' ? { classes: estimator.classes } : {}),
    preprocessing: steps.map((step) => step.toJSON()),
    estimator: estimator.toJSON(),
    metrics,
    ...(trainingData === undefined
      ? {}
      : { trainingData: { rows: trainingData.y.length, sha256: dataHash(trainingData) } }),
    ...(createdAt === undefined ? {} : { createdAt: createdAt.toISOString() }),
  });
}

/**
 * Returns the model that `saveModel` wrote; it predicts with the preprocessing applied, exactly as before.
 * Nothing in the file is executed.
 *
 * ```ts
 * const { model, metrics } = loadModel('model.json');
 * model.predict(readCsv('test.csv')); // columns are found by name, further ones ignored
 * ```
 *
 * @throws FileReadError when the file can't be read
 * @throws ModelFileError when it is too large, damaged, truncated, of another kind or of a newer version
 */
export function loadModel(path: string, { maxBytes = defaultMaxBytes }: LoadModelOptions = {}): LoadedModel {
  const parsed = contentSchema.safeParse(readCheckedJson(path, fileFormat, maxBytes));
  if (!parsed.success) {
    throw new ModelFileError(`${path}: damaged: ${z.prettifyError(parsed.error)}`, { cause: parsed.error });
  }
  const { preprocessing, estimator, metrics, trainingData, createdAt } = parsed.data;
  return {
    model: new Pipeline({ steps: preprocessing.map(transformerFromJSON), estimator: estimatorFromJSON(estimator) }),
    metrics,
    ...(trainingData === undefined ? {} : { trainingData }),
    ...(createdAt === undefined ? {} : { createdAt: new Date(createdAt) }),
  };
}
