import { interactivePage, line, residuals, scatter } from 'labmill/plot';
import { expect, test } from 'vitest';

test('one series is written into the options, several into `series`', () => {
  const one = scatter({
    title: 'Petals grow in proportion',
    xTitle: 'Length (cm)',
    yTitle: 'Width (cm)',
    x: [1, 2],
    y: [3, 4],
  });
  const fit = scatter({
    series: [
      { name: 'measured', x: [1, 2], y: [3, 4] },
      { name: 'fit', mode: 'lines', x: [1, 2], y: [3, 4] },
    ],
  });

  expect([String(one), fit.data.length]).toEqual(['Figure(scatter: Petals grow in proportion, 1 series, 2 points)', 2]);
});

test('a tolerance is a band, a threshold is a line', () => {
  const days = ['2014-01-01', '2014-01-02', '2014-01-03'];
  const figure = line({
    title: 'Two of three days lie within 3 °C',
    yTitle: 'Temperature (°C)',
    series: [{ name: 'measured', x: days, y: [4, 9, 5] }],
    bands: [{ name: 'model ± 3 °C', x: days, lower: [1, 2, 3], upper: [7, 8, 9] }],
    lines: [{ name: 'frost', y: 0 }],
  });

  expect(figure.toSvg()).toContain('frost');
});

test('figures become files: a static picture, or a page that zooms', () => {
  const figure = residuals({ actual: [3, 5], predicted: [2, 7] });

  expect(figure.toSvg()).toMatch(/^<svg /);
  expect(interactivePage([figure], { title: 'Residuals', plotly: '/plotly.js' })).toContain('<title>Residuals</title>');
});
