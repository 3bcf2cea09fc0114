import { random } from 'labmill';
import { type Figure, bar, figure, histogram, line, residuals, scatter } from 'labmill/plot';

const count = (n: number): number[] => Array.from({ length: n }, (_, i) => i);

const draw = (n: number, randomState: number): number[] => {
  const generator = random(randomState);
  return Array.from({ length: n }, () => generator.normal());
};

const days = count(365).map((i) => new Date(Date.UTC(2014, 0, 1 + i)));
const season = days.map((_, i) => 10 - 9 * Math.cos((2 * Math.PI * i) / 365));
const add = (a: readonly number[], b: readonly number[], factor = 1): number[] =>
  a.map((value, i) => value + factor * b[i]!);
const x = count(60).map((i) => i / 6);
const truth = x.map((value) => 3 * value + 4);
const clean = add(truth, draw(60, 1));
const noisy = add(truth, draw(60, 2), 6);

/** The pictures that are compared with `expected/*.svg`. */
export const charts: Readonly<Record<string, () => Figure>> = {
  'scatter-with-fit': () =>
    scatter({
      title: 'The noisy data set scatters six times as far around the line',
      xTitle: 'x',
      yTitle: 'y',
      series: [
        { name: 'clean', x, y: clean },
        { name: 'noisy', x, y: noisy },
        { name: 'fit on clean', mode: 'lines', dash: 'dash', x: [0, 10], y: [4, 34] },
      ],
    }),
  'scatter-error-bars': () =>
    scatter({
      title: 'Measured with both errors',
      xTitle: 'Voltage (V)',
      yTitle: 'Current (mA)',
      x: [1, 2, 3, 4],
      y: [2.1, 3.9, 6.2, 7.8],
      errorX: [0.1, 0.1, 0.2, 0.1],
      errorY: [0.3, 0.2, 0.5, 0.4],
      lines: [{ slope: 2, name: 'Ohm’s law at 500 Ω' }],
    }),
  'scatter-many-points': () =>
    scatter({
      title: '2,000 points are one path of small dots',
      x: draw(2000, 3),
      y: draw(2000, 4),
    }),
  'line-days-with-band': () =>
    line({
      title: 'Most days lie within 3 °C of the model; five days are missing',
      xTitle: 'Day',
      yTitle: 'Temperature (°C)',
      series: [
        {
          name: 'measured',
          x: days,
          y: add(season, draw(365, 5), 2).map((value, i) => (i >= 40 && i < 45 ? NaN : value)),
        },
      ],
      bands: [
        {
          name: 'model ± 3 °C',
          x: days,
          lower: season.map((value) => value - 3),
          upper: season.map((value) => value + 3),
        },
        { name: 'holidays', x: ['2014-07-01', '2014-07-20'], color: '#E69F00' },
      ],
      lines: [{ name: 'mean', y: 10 }, { x: '2014-10-01' }],
    }),
  'line-hours': () =>
    line({
      title:
        'A title that states its finding at such length that it has to be broken into two lines, both of which show',
      x: count(48).map((i) => new Date(Date.UTC(2024, 1, 28, i))),
      y: count(48).map((i) => 1e6 * Math.sin(i / 5)),
      yTitle: 'Power (W)',
    }),
  'line-log': () =>
    line({
      title: 'The training loss falls by a decade every 18 iterations',
      xTitle: 'Iteration',
      yTitle: 'Loss',
      yScale: 'log',
      series: [
        { name: 'train', mode: 'lines+markers', y: count(50).map((i) => Math.exp(-i / 8)) },
        { name: 'test', dash: 'dot', y: count(50).map((i) => 0.01 + Math.exp(-i / 9)) },
      ],
    }),
  'bar-groups': () =>
    bar({
      title: 'Only the polynomial holds 0.8 on both sets',
      yTitle: 'Accuracy',
      series: [
        {
          name: 'train',
          x: ['linear', 'polynomial', 'exponential'],
          y: [0.81, 0.86, 0.74],
          errorY: [0.02, 0.01, 0.05],
        },
        { name: 'test', x: ['linear', 'polynomial', 'exponential'], y: [0.79, 0.82, 0.71] },
      ],
      lines: [{ name: 'threshold 0.8', y: 0.8 }],
    }),
  'bar-stacked': () =>
    bar({
      barmode: 'stack',
      title: 'More than half of the passengers travelled in third class',
      yTitle: 'Passengers',
      series: [
        { name: 'survived', x: [1, 2, 3], y: [136, 87, 119] },
        { name: 'died', x: [1, 2, 3], y: [80, 97, 372] },
      ],
    }),
  'bar-long-names': () =>
    bar({
      title: 'Long names are slanted',
      x: count(14).map((i) => `category number ${i} of many`),
      y: count(14).map((i) => ((i * 7) % 13) - 4),
    }),
  'bar-horizontal': () =>
    bar({
      title: 'Income matters most',
      orientation: 'h',
      xTitle: 'Permutation importance',
      y: ['house age', 'latitude', 'median income'],
      x: [0.05, 0.2, 0.52],
    }),
  'histogram-two-sets': () =>
    histogram({
      title: 'The errors of the noisy set are wider',
      xTitle: 'Error (°C)',
      series: [
        { name: 'clean', x: draw(400, 6) },
        { name: 'noisy', x: add(count(400).fill(0.5), draw(400, 7), 2.5) },
      ],
    }),
  'residuals-two-sets': () =>
    residuals({
      title: 'The noisy set leaves the tolerance',
      series: [
        { name: 'clean', actual: clean, predicted: truth },
        { name: 'noisy', actual: noisy, predicted: truth },
      ],
      bands: [{ name: 'tolerance ± 3', y: [-3, 3] }],
    }),
  'raw-plotly-json': () =>
    figure({
      data: [
        { name: 'a<b', x: ['2020-01', '2020-02', '2020-03'], y: [1, 4, 2] },
        { type: 'bar', name: 'bars', x: ['2020-01', '2020-02', '2020-03'], y: [2, 1, 3], opacity: 0.5 },
      ],
      layout: { title: '<b>Raw</b> &amp; ready', width: 480, height: 300, yaxis: { title: 'Count', range: [0, 5] } },
    }),
};
