import { describeModel } from 'labmill/vitest';
import { lineData, lineModel } from '../../support/line-data.ts';

const made: string[] = [];

describeModel(
  'describeModel',
  {
    model: async () => {
      made.push('model');
      return lineModel;
    },
    data: () => {
      made.push('data');
      return { clean: lineData(100, 1), noisy: { ...lineData(100, 2, { sd: 2 }), name: 'label noise' } };
    },
  },
  ({ it }) => {
    it('gives its tests the model, the data sets and the context of Vitest', async ({ expect, model, data, task }) => {
      await expect(model).toScore({ metric: 'r2', on: data.clean, min: 0.9 });
      expect(task.name).toMatch(/^gives/);
    });

    it('names the data sets by their keys, unless they have names', ({ expect, data }) => {
      expect(data.clean).toHaveProperty('name', 'clean');
      expect(data.noisy.name).toBe('label noise');
    });

    it('makes model and data once', ({ expect, model, data }) => {
      expect([model, data]).toHaveLength(2);
      expect(made.toSorted()).toEqual(['data', 'model']);
    });
  },
);
