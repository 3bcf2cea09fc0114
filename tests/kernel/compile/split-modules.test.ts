import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { inspect } from 'node:util';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { splitModule } from '../../support/split-module.ts';
import { aTestNotebook } from '../../support/test-notebook.ts';

const root = join(import.meta.dirname, '../../..');

/** What exported functions are called with; those that take more are not called. */
const ARGUMENTS: ReadonlyArray<readonly unknown[]> = [
  [],
  [3],
  ['some text'],
  [[1, 2, 3, 4, 10]],
  [[1, 2, 3, 4, 10], 0.3],
  [[[1, 2], [3, 5], [4, 4]]], // prettier-ignore
  [2, 3],
  ['a', { b: [1] }],
  [0.3, 10, 2],
];

/** Runs a module cell by cell and returns what its exported names stand for. */
async function exportsOfCells(path: string): Promise<Map<string, unknown>> {
  const { cells, exports } = splitModule(path, readFileSync(path, 'utf8'));
  const notebook = aTestNotebook(dirname(path));
  for (const cell of cells) expect((await notebook.run(cell)).error, cell).toBeUndefined();
  return new Map([...exports].map(([name, local]) => [name, notebook.names.get(local)]));
}

/** What a value is, as a text; of a function, what it returns or throws. */
function described(value: unknown, isCalled: boolean): readonly string[] {
  if (typeof value !== 'function') return [inspect(value, { depth: 3 })];
  const kind = `${typeof value} ${value.name} of ${value.length}, ${Object.keys(value).join(' ')}`;
  const calls = isCalled ? ARGUMENTS.filter((args) => args.length >= value.length) : [];
  return [kind, ...calls.map((args) => outcomeOf(value as (...args: unknown[]) => unknown, args))];
}

function outcomeOf(call: (...args: unknown[]) => unknown, args: readonly unknown[]): string {
  try {
    return inspect(call(...structuredClone(args)), { depth: 3 });
  } catch (error) {
    return String(error);
  }
}

/** Describes what a module exports, as it is and run as cells. */
async function bothWays(file: string, isCalled: boolean): Promise<{ whole: unknown; split: unknown }> {
  const path = join(root, file);
  const whole = (await import(pathToFileURL(path).href)) as Record<string, unknown>;
  const cells = await exportsOfCells(path);
  const names = Object.keys(whole).filter((name) => cells.has(name));
  return {
    whole: names.map((name) => [name, described(whole[name], isCalled)]),
    split: names.map((name) => [name, described(cells.get(name), isCalled)]),
  };
}

beforeEach(() => void vi.spyOn(Math, 'random').mockReturnValue(0.25));

describe('a module split into cells behaves as the unsplit module', () => {
  const statistics = [
    'bayesian_classifier ckmeans combinations cumulative_std_normal_probability epsilon error_function factorial',
    'gamma harmonic_mean interquartile_range inverse_error_function jenks k_means_cluster kernel_density_estimation',
    'linear_regression median_absolute_deviation mean median mode numeric_sort perceptron permutation_test quantile quickselect sample',
    'sample_correlation standard_deviation t_test wilcoxon_rank_sum z_score',
  ].flatMap((names) => names.split(' ').map((name) => `node_modules/simple-statistics/src/${name}.js`));

  test.each([
    ...statistics,
    'node_modules/mdurl/lib/parse.mjs',
    'node_modules/mdurl/lib/encode.mjs',
    'node_modules/pretty-ms/index.js',
    'node_modules/parse-ms/index.js',
    'node_modules/micromark-util-encode/index.js',
    'node_modules/zod/v4/core/util.js',
    'src/base/random.ts',
    'src/base/matrix.ts',
    'src/base/beta.ts',
    'src/kernel/compile/edits.ts',
    'src/kernel/compile/magics/magics.ts',
  ])('%s, and its functions return the same', async (file) => {
    const { whole, split } = await bothWays(file, true);
    expect(split).toEqual(whole);
  });

  test.each([
    'node_modules/commander/lib/command.js',
    'node_modules/execa/lib/methods/create.js',
    'node_modules/fast-check/lib/fast-check.js',
    'node_modules/ml-matrix/matrix.mjs',
    'node_modules/yaml/browser/dist/compose/composer.js',
    'node_modules/yaml/browser/dist/parse/lexer.js',
    'node_modules/zod/v4/classic/schemas.js',
    'node_modules/zod/v4/core/schemas.js',
    'src/kernel/compile/references.ts',
  ])('%s, which exports the same', async (file) => {
    const { whole, split } = await bothWays(file, false);
    expect(split).toEqual(whole);
  });
});
