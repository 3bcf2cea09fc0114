import { accuracy, confusionMatrix, f1, precision, recall } from 'labmill/testing';
import { describe, expect, test } from 'vitest';
import fixture from '../fixtures/sklearn-metrics.json' with { type: 'json' };

const cases = fixture.classification;
const metrics = { accuracy, precision, recall, f1 };
const names = Object.keys(metrics) as (keyof typeof metrics)[];

describe('classification metrics are the values of scikit-learn', () => {
  test.each(cases)('on $name', ({ y, predicted, ...expected }) => {
    expect(accuracy(y, predicted)).toBeCloseTo(expected.accuracy, 12);
    expect(precision(y, predicted)).toBeCloseTo(expected.precision, 12);
    expect(recall(y, predicted)).toBeCloseTo(expected.recall, 12);
    expect(f1(y, predicted)).toBeCloseTo(expected.f1, 12);
  });

  test.each(cases)('in the confusion matrix of $name', ({ y, predicted, labels, confusion }) => {
    expect(confusionMatrix(y, predicted)).toMatchObject({ labels, counts: confusion });
  });
});

describe('precision, recall and f1', () => {
  const y = ['cat', 'cat', 'dog', 'dog'];
  const predicted = ['cat', 'dog', 'dog', 'dog'];

  test('score the last label in sorted order unless told', () => {
    expect(precision(y, predicted)).toBeCloseTo(2 / 3, 12);
    expect(precision(y, predicted, { positive: 'cat' })).toBe(1);
  });

  test('average over the classes when told, two or more', () => {
    expect(recall(y, predicted, { average: 'macro' })).toBe((1 + 0.5) / 2);
  });

  test('score 1 as the positive class of 0 and 1, even where only 0 occurs', () => {
    expect(f1([0, 0], [0, 0])).toBe(0);
  });

  test('score one class of three when it is named', () => {
    expect(recall(['a', 'b', 'c'], ['a', 'b', 'a'], { positive: 'c' })).toBe(0);
  });

  test('need the name of the class for the binary score of three', () => {
    expect(() => f1(['a', 'b', 'c'], ['a', 'b', 'a'], { average: 'binary' })).toThrow(
      expect.objectContaining({
        code: 'ERR_INVALID_ARGUMENT',
        message: 'f1: expected the option positive, got 3 classes and average "binary"',
      }),
    );
  });
});

describe('classification metrics refuse', () => {
  test.each(names)('lengths that differ (%s)', (name) => {
    expect(() => metrics[name](['a'], [])).toThrow(expect.objectContaining({ code: 'ERR_SHAPE' }));
  });

  test.each(names)('no rows (%s)', (name) => {
    expect(() => metrics[name]([], [])).toThrow(expect.objectContaining({ code: 'ERR_EMPTY_DATA' }));
  });

  test.each(names)('NaN (%s)', (name) => {
    expect(() => metrics[name]([0, NaN], [0, 1])).toThrow(expect.objectContaining({ code: 'ERR_NOT_FINITE' }));
  });

  test.each(names)('numbers mixed with strings, which never agree (%s)', (name) => {
    expect(() => metrics[name]([1, 0], ['1', '0'])).toThrow(
      expect.objectContaining({
        code: 'ERR_INVALID_ARGUMENT',
        message: `${name}: expected labels of one type in y and predictions, got 1 (number) and "1" (string)`,
      }),
    );
  });
});
