import { toMatrix } from 'labmill';
import { linear } from 'labmill/data';
import { describeModel } from 'labmill/vitest';

const line = { n: 200, coef: [3], intercept: 2, noise: 1 };

describeModel(
  'a straight line',
  {
    model: { predict: (X) => toMatrix(X).data.map((x) => 3 * x + 2) },
    data: () => ({
      clean: linear({ ...line, randomState: 1 }),
      other: linear({ ...line, randomState: 2 }),
      noisy: linear({ ...line, randomState: 3, noise: 2 }),
    }),
  },
  ({ it }) => {
    it('explains nine tenths of the variance', async ({ expect, model, data }) => {
      await expect(model).toScore({ metric: 'r2', on: data.clean, min: 0.9 });
    });

    it('is as good on another sample', async ({ expect, model, data }) => {
      await expect(model).toHoldQuality({ metric: 'r2', from: data.clean, to: data.other, maxDrop: 0.05 });
      await expect(model).toHaveStableResiduals({ from: data.clean, to: data.other });
    });

    it('meets noisier labels in the third data set', async ({ expect, model, data }) => {
      await expect(model).not.toHaveStableResiduals({ from: data.clean, to: data.noisy });
    });
  },
);
