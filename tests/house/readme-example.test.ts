import { linear } from 'labmill/data';
import { LinearRegression } from 'labmill/training';
import 'labmill/vitest';
import { expect, test } from 'vitest';

const law = { n: 500, coef: [2, -1], intercept: 5 };
const train = linear({ ...law, noise: 1, randomState: 1 });
const clean = linear({ ...law, noise: 1, randomState: 2 });
const noisy = linear({ ...law, noise: 4, randomState: 3 });
const model = new LinearRegression().fit(train.X, train.y);

test('the model explains nine tenths of the variance', async () => {
  await expect(model).toScore({ metric: 'r2', on: clean, min: 0.9 });
});

test('the noise in the third data set is noticed', async () => {
  await expect(model).not.toHaveStableResiduals({ from: clean, to: noisy });
});
