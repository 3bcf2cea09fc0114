/**
 * The door for test files. Importing it adds the model matchers to Vitest's `expect`, which is its purpose
 * and the one effect at import in this package; importing it twice adds the same matchers again.
 */
import { expect } from 'vitest';
import { matchers } from './matchers.ts';

expect.extend(matchers);

export { type LabelledData, dataset, type DatasetOptions } from '../dataset.ts';
export type { Model } from '../model.ts';
export {
  type NamedData,
  describeModel,
  type DescribeModelOptions,
  type ModelFixtures,
  type ModelSuite,
} from './describe-model.ts';
export type { CheckRecord, ModelMatchers, VerdictOptions } from './matchers.ts';
