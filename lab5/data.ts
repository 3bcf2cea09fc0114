import { linear } from 'labmill/data';

/** Prices in thousands for sizes in m²; the seed makes the data set, `noise` the errors (in thousands). */
function prices(name: string, randomState: number, noise: number) {
  const { X, y } = linear({ n: 300, coef: [2.5], intercept: 40, range: [30, 150], noise, randomState });
  return { name, X, y };
}

export const train = prices('clean 1', 11, 15);
export const clean = [prices('clean 2', 12, 15), prices('clean 3', 13, 15)];
export const noisy = prices('noisy', 14, 45);
