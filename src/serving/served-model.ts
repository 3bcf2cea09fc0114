import { basename } from 'node:path';
import { InputError } from '../base/errors.ts';
import { sha256 } from '../base/sha256.ts';
import type { Matrix } from '../base/matrix.ts';
import type { Label } from '../preprocessing/class-targets.ts';
import type { Classifier, Estimator, Regressor } from '../training/estimator.ts';
import { loadModel } from '../training/model-file.ts';
import { Pipeline } from '../training/pipeline.ts';
import { columnChains } from './column-chains.ts';
import { type InputField, inputFields } from './input-field.ts';
import { prepareRows } from './prepare-rows.ts';
import type { Rows } from './read-input.ts';

/** What a model says of some rows. */
export interface Predictions {
  readonly predictions: readonly Label[];
  /** Of a classifier: the probability of each class, by its name, for each row. */
  readonly probabilities?: readonly Readonly<Record<string, number>>[];
}

/** A model ready to answer requests. */
export interface ServedModel {
  readonly name: string;
  readonly version: string;
  readonly task: Estimator['task'];
  /** The classes of a classifier; of a regressor none. */
  readonly classes: readonly Label[];
  readonly fields: readonly InputField[];
  /** Returns a prediction for each row. Throws an InputError when one is not finite, and as the model does. */
  predict(rows: Rows): Predictions;
}

/** How a served model is called. */
export interface ModelNaming {
  /** Default: the name of the model file without its extension, or `model`. */
  readonly name?: string;
  /** Default: the first twelve digits of the sha256 of what the model has learned, so that equal models agree. */
  readonly version?: string;
}

/**
 * Returns a fitted model, or that of a model file, ready to answer requests.
 *
 * @throws FileReadError, ModelFileError for a path, as `loadModel` does; NotFittedError before `fit`
 */
export function servedModel(source: string | Pipeline | Estimator, naming: ModelNaming = {}): ServedModel {
  const pipeline = typeof source === 'string' ? loadModel(source).model : asPipeline(source);
  const { estimator, schema, steps } = pipeline;
  const fileName = typeof source === 'string' ? basename(source).replace(/\.json$/i, '') : 'model';
  const learned = { steps: steps.map((step) => step.toJSON()), estimator: estimator.toJSON() };
  const chains = columnChains(pipeline);
  const predict = estimator.task === 'classification' ? classify(estimator) : regress(estimator);
  return {
    name: naming.name ?? fileName,
    version: naming.version ?? sha256(JSON.stringify(learned)).slice(0, 12),
    task: estimator.task,
    classes: estimator.task === 'classification' ? estimator.classes : [],
    fields: inputFields(schema, chains),
    predict: (rows) => predict(prepareRows(rows, schema.features.length, chains)),
  };
}

function asPipeline(model: Pipeline | Estimator): Pipeline {
  return 'steps' in model ? model : new Pipeline({ estimator: model });
}

function regress(model: Regressor): (X: Matrix) => Predictions {
  return (X) => {
    const predictions = Array.from(model.predict(X));
    const odd = predictions.findIndex((value) => !Number.isFinite(value));
    if (odd !== -1) throw notFinite(odd, predictions[odd]!);
    return { predictions };
  };
}

function classify(model: Classifier): (X: Matrix) => Predictions {
  const { classes } = model;
  // Without a prototype any name is an ordinary key, but such an object is slow; this one name needs it.
  const emptyRow = (): Record<string, number> =>
    classes.includes('__proto__') ? (Object.create(null) as Record<string, number>) : {};
  return (X) => {
    const { data, rows, columns } = model.predictProba(X);
    const predictions: Label[] = [];
    const probabilities: Record<string, number>[] = [];
    for (let i = 0; i < rows; i++) {
      const ofRow = emptyRow();
      let best = 0;
      for (let k = 0; k < columns; k++) {
        const probability = data[i * columns + k]!;
        if (!Number.isFinite(probability)) throw notFinite(i, probability);
        if (probability > data[i * columns + best]!) best = k;
        ofRow[classes[k]!] = probability;
      }
      predictions.push(classes[best]!);
      probabilities.push(ofRow);
    }
    return { predictions, probabilities };
  };
}

function notFinite(row: number, got: number): InputError {
  const problem = { path: `rows[${row}]`, expected: 'values whose prediction is a finite number', got: String(got) };
  return new InputError(`${problem.path}: expected ${problem.expected}, got ${problem.got}`, [problem]);
}
