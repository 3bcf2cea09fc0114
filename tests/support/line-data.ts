import { random } from 'labmill';
import type { LabelledData } from 'labmill/testing';

/** The law behind `lineData`, as a model that knows it: its errors are the data's noise. */
export const lineModel = {
  predict: (X: LabelledData['X']): number[] => (X as number[][]).map(([x]) => 3 * x! + 2),
};

/** Returns n rows of y = 3x + 2 + noise, x uniform on 0–10; `sd`, `shift` and `outliers` (how many, ± 30) spoil y. */
export function lineData(
  n: number,
  randomState: number,
  { sd = 1, shift = 0, outliers = 0 }: { sd?: number; shift?: number; outliers?: number } = {},
): LabelledData {
  const rng = random(randomState);
  const X = Array.from({ length: n }, () => [rng.uniform(0, 10)]);
  const y = lineModel.predict(X).map((value, i) => {
    const outlier = i < outliers ? 30 * (-1) ** i : 0;
    return value + shift + outlier + rng.normal(0, sd);
  });
  return { X, y };
}

/** A model of labels: it repeats the first column of X. */
export const echoModel = { predict: (X: LabelledData['X']): number[] => (X as number[][]).map(([x]) => x!) };

/** Returns n rows of which `wrong` carry another label than `echoModel` predicts; labels are 0 … classes - 1 in turn. */
export function echoData(n: number, wrong: number, classes = 2): LabelledData {
  const labels = Array.from({ length: n }, (_, i) => i % classes);
  return {
    X: labels.map((label) => [label]),
    y: labels.map((label, i) => (i < wrong ? (label + 1) % classes : label)),
  };
}
