import { random } from 'labmill';
import { expect, test } from 'vitest';
import { likelyCause } from '../../src/testing/likely-cause.ts';

const rng = random(4);
const errors = Array.from({ length: 300 }, () => rng.normal());

test.each([
  ['a shift', errors.map((error) => error + 1)],
  ['outliers', errors.map((error, i) => (i % 30 === 0 ? 20 * Math.sign(error) : error))],
  ['noise in all rows', errors.map((error) => 2 * error)],
  ['the rows, not the errors', errors.toReversed()],
])('likelyCause names %s', (cause, spoilt) => {
  expect(likelyCause(errors, spoilt)).toContain(`Likely cause: ${cause}`);
});
