import { InvalidArgumentError } from '../base/errors.ts';
import type { Random } from '../base/random.ts';

/** Returns the rows of a split in which every class has about its share of both parts, in random order. */
export function stratifiedIndices(
  classes: readonly (string | number)[],
  testRows: number,
  rng: Random,
): { train: number[]; test: number[] } {
  const members = [...Map.groupBy(classes.keys(), (row) => classes[row]!)].sort(([a], [b]) => (a < b ? -1 : 1));
  const trainRows = classes.length - testRows;
  const single = members.find(([, rows]) => rows.length < 2);
  if (single !== undefined) {
    throw new InvalidArgumentError(
      `trainTestSplit: expected at least 2 rows of each class, got 1 of ${JSON.stringify(single[0])}`,
    );
  }
  if (Math.min(trainRows, testRows) < members.length) {
    throw new InvalidArgumentError(
      `trainTestSplit: expected at least ${members.length} rows (the classes) in each part, ` +
        `got ${trainRows} to train and ${testRows} to test on`,
    );
  }
  const counts = members.map(([, rows]) => rows.length);
  const trainCounts = proportionalCounts(counts, trainRows, rng);
  const shuffled = members.map(([, rows]) => rng.shuffle(rows));
  return {
    train: rng.shuffle(shuffled.flatMap((rows, k) => rows.slice(0, trainCounts[k]))),
    test: rng.shuffle(shuffled.flatMap((rows, k) => rows.slice(trainCounts[k]))),
  };
}

/**
 * Returns how many of `draws` fall to each class in proportion to its size: the whole parts, and one more for
 * those with the largest remainders, ties at random. (scikit-learn's rule, the largest remainder method.)
 */
function proportionalCounts(sizes: readonly number[], draws: number, rng: Random): number[] {
  const total = sizes.reduce((a, b) => a + b, 0);
  const exact = sizes.map((size) => (size / total) * draws);
  const counts = exact.map(Math.floor);
  const missing = draws - counts.reduce((a, b) => a + b, 0);
  const byRemainder = rng.shuffle([...sizes.keys()]).sort((a, b) => exact[b]! - counts[b]! - (exact[a]! - counts[a]!));
  for (const index of byRemainder.slice(0, missing)) counts[index]!++;
  return counts;
}
