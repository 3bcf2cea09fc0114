import type { LabelledData } from 'labmill/testing';
import { type CheckRecord, describeModel, type ModelMatchers } from 'labmill/vitest';
import { type Assertion, describe, expectTypeOf, type TaskMeta, test } from 'vitest';

declare const data: LabelledData;
declare const model: { predict(X: LabelledData['X']): Float64Array };

describe('the types of labmill/vitest', () => {
  test('add the matchers to expect, each a promise', () => {
    expectTypeOf<Assertion>().toExtend<ModelMatchers>();
    expectTypeOf<Assertion['toScore']>().returns.toEqualTypeOf<Promise<void>>();
    expectTypeOf<Assertion['not']['toHaveStableResiduals']>().returns.toEqualTypeOf<Promise<void>>();
  });

  test('let the metrics by name only, and ask for what a matcher needs', () => {
    type Score = Parameters<ModelMatchers['toScore']>[0];
    type Hold = Parameters<ModelMatchers['toHoldQuality']>[0];
    expectTypeOf<{ metric: 'r2'; on: LabelledData; min: number }>().toExtend<Score>();
    expectTypeOf<{ metric: 'R2'; on: LabelledData; min: number }>().not.toExtend<Score>();
    expectTypeOf<{ metric: 'r2'; from: LabelledData; to: LabelledData }>().not.toExtend<Hold>();
  });

  test('know what a reporter finds on the task', () => {
    expectTypeOf<TaskMeta>().toHaveProperty('checks').toEqualTypeOf<CheckRecord[] | undefined>();
  });

  test('carry the types of model and data sets into the tests', () => {
    const suite = () =>
      describeModel('a model', { model: () => model, data: { clean: data } }, ({ it }) => {
        it('is typed', (context) => {
          expectTypeOf(context.model).toEqualTypeOf<typeof model>();
          expectTypeOf(context.data).toEqualTypeOf<{ clean: LabelledData }>();
        });
      });
    expectTypeOf(suite).returns.toBeVoid();
  });
});
