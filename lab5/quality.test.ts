import { describe, expect, test } from 'vitest';
import 'labmill/vitest';
import { LinearRegression } from 'labmill/training';
import { clean, noisy, train } from './data.ts';

const model = new LinearRegression().fit(train.X, train.y);
const [standard, other] = clean;

describe('the model on clean data', () => {
  test('scores', () => expect(model).toScore({ metric: 'r2', on: other!, min: 0.7 }));
  test('holds its R²', () => expect(model).toHoldQuality({ metric: 'r2', from: standard!, to: other!, maxDrop: 0.05 }));
  test('has stable residuals', () => expect(model).toHaveStableResiduals({ from: standard!, to: other! }));
});

describe('the noisy data set is found', () => {
  test('by the loss of R²', () =>
    expect(model).not.toHoldQuality({ metric: 'r2', from: standard!, to: noisy, maxDrop: 0.05 }));
  test('by the spread of the errors', () => expect(model).not.toHaveStableResiduals({ from: standard!, to: noisy }));
});
