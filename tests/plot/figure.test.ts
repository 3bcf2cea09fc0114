import { inspect } from 'node:util';
import fc from 'fast-check';
import { Figure, bar, figure, histogram, line, palette, scatter } from 'labmill/plot';
import { describe, expect, test } from 'vitest';
import { displayed } from '../support/displayed.ts';
import { xmlProblem } from '../support/well-formed.ts';

const two = scatter({ title: 'Two points', x: [1, 2], y: [3, 4] });

/** The SVG inside the image element that a notebook shows. */
const imageOf = (html: unknown) => Buffer.from(/base64,([\w+/=]+)/.exec(String(html))![1]!, 'base64').toString();

describe('a figure in a notebook', () => {
  const bundle = displayed(two);

  test('shows itself as Plotly JSON, HTML, SVG and text', () => {
    expect(Object.keys(bundle)).toEqual(['application/vnd.plotly.v1+json', 'text/html', 'image/svg+xml', 'text/plain']);
  });

  test('has the SVG as an image in its HTML, which sanitizers leave alone', () => {
    expect(bundle['text/html']).toMatch(
      /^<img alt="Figure\(scatter: Two points, 1 series, 2 points\)" width="720" height="420" [^<>]*>$/,
    );
    expect(imageOf(bundle['text/html'])).toBe(two.toSvg());
  });

  test('is the same each time', () => {
    expect(displayed(two)).toEqual(bundle);
  });

  test('survives JSON, as the wire needs', () => {
    expect(JSON.parse(JSON.stringify(bundle))).toEqual(bundle);
  });
});

describe('toString', () => {
  test.each([
    [two, 'Figure(scatter: Two points, 1 series, 2 points)'],
    [line({ y: [1] }), 'Figure(line: 1 series, 1 point)'],
    [bar({ x: ['a'], y: [1], bands: [{ y: [0, 1] }] }), 'Figure(bar: 1 series, 1 point)'],
    [line({ y: [1, 2], bands: [{ x: [0, 1], lower: [0, 1], upper: [2, 3] }] }), 'Figure(line: 1 series, 2 points)'],
    [
      histogram({ title: 'a < b', series: [{ x: [1, 2] }, { x: [3] }] }),
      'Figure(histogram: a < b, 2 series, 3 points)',
    ],
  ])('of figure %# is one line', (shown, text) => {
    expect(String(shown)).toBe(text);
    expect(inspect(shown)).toBe(text);
  });
});

describe('toJSON', () => {
  test('carries the style as a template, so that plotly.js draws the same picture', () => {
    expect(two.toJSON().layout['template']).toMatchObject({ layout: { colorway: palette } });
  });

  test('leaves a template and margins of the user alone', () => {
    const own = figure({ data: [{ y: [1] }], layout: { template: { layout: {} }, margin: { l: 5 } } });
    expect(own.toJSON().layout).toMatchObject({ template: { layout: {} }, margin: { l: 5 } });
  });

  test('gives what `figure` reads', () => {
    expect(figure(two.toJSON()).toSvg()).toBe(two.toSvg());
  });
});

describe('figure', () => {
  test('keeps keys that it does not draw', () => {
    const raw = figure({ data: [{ type: 'scatter', y: [1], hovertemplate: '%{y}' }], layout: { dragmode: 'pan' } });
    expect(raw.data[0]).toMatchObject({ hovertemplate: '%{y}' });
    expect(raw.layout).toEqual({ dragmode: 'pan' });
  });

  test('takes typed arrays and dates, and makes gaps of NaN', () => {
    const raw = figure({
      data: [{ x: [new Date('2024-02-29'), new Date('2024-03-01T12:30:00Z')], y: Float64Array.of(1, NaN) } as never],
    });
    expect(raw.data[0]).toMatchObject({ x: ['2024-02-29', '2024-03-01T12:30:00.000'], y: [1, null] });
  });

  test.each([
    ['no trace', [], 'ERR_EMPTY_DATA', 'figure: expected at least one trace in `data`, got none'],
    [
      'a kind it does not draw',
      [{ type: 'pie', y: [1] }],
      'ERR_INVALID_ARGUMENT',
      'figure: data[0]: expected a trace of type "scatter", "bar" or "histogram", got "pie"',
    ],
    [
      'unequal lengths',
      [{ name: 'a', x: [1, 2], y: [1] }],
      'ERR_SHAPE',
      'figure: "a": expected x and y of one length, got 2 and 1',
    ],
    [
      'only gaps',
      [{ y: [NaN, null] }],
      'ERR_EMPTY_DATA',
      'figure: data[0]: expected at least one value to draw, got only gaps',
    ],
    [
      'infinity',
      [{ y: [1, -Infinity] }],
      'ERR_NOT_FINITE',
      'figure: data[0]: y[1]: expected a finite number (or NaN for a gap), got -Infinity',
    ],
    ['no y', [{ x: [1] }], 'ERR_INVALID_ARGUMENT', 'figure: data[0]: expected y, got only x'],
    [
      'bars without names',
      [{ type: 'bar', y: [1] }],
      'ERR_INVALID_ARGUMENT',
      'figure: data[0]: expected x and y, got only y',
    ],
    [
      'a histogram of nothing',
      [{ type: 'histogram' }],
      'ERR_EMPTY_DATA',
      'figure: data[0]: expected at least one value to draw, got neither x nor y',
    ],
    ['text for an array', [{ y: 'abc' }], 'ERR_INVALID_ARGUMENT', 'figure: data[0]: y: expected an array, got string'],
    [
      'objects as values',
      [{ y: [{}] }],
      'ERR_INVALID_ARGUMENT',
      'figure: data[0]: y[0]: expected a number, text, Date or null, got object',
    ],
    [
      'too few error bars',
      [{ y: [1, 2], error_y: { array: [1] } }],
      'ERR_SHAPE',
      'figure: data[0]: expected error_y of length 2 (as y), got 1',
    ],
  ])('refuses %s', (_what, data, code, message) => {
    expect(() => figure({ data: data as never })).toThrow(expect.objectContaining({ code, message }));
  });

  test('refuses values that a logarithmic axis has no place for', () => {
    expect(() => figure({ data: [{ y: [1, 0] }], layout: { yaxis: { type: 'log' } } })).toThrow(
      expect.objectContaining({
        code: 'ERR_INVALID_ARGUMENT',
        message:
          'figure: data[0]: expected positive values on the logarithmic y axis, got 0 in y[1]. Use a linear axis or leave them out (NaN).',
      }),
    );
  });

  test.each([99, NaN, Infinity])('refuses a width of %d', (width) => {
    expect(() => figure({ data: [{ y: [1] }], layout: { width } })).toThrow(
      expect.objectContaining({
        code: 'ERR_INVALID_ARGUMENT',
        message: `figure: expected a width of at least 100 pixels, got ${width}`,
      }),
    );
  });

  test('grows where the text would leave no room for the data', () => {
    const series = Array.from({ length: 40 }, (_, i) => ({ name: `a series with a long name, number ${i}`, y: [i] }));
    const svg = scatter({ title: 'small', xTitle: 'x', yTitle: 'y', series, width: 100, height: 100 }).toSvg();
    expect(svg).not.toMatch(/(?:width|height)="-/);
    expect(svg).toMatch(/width="\d{3}" height="\d{3}"/);
  });

  test('draws one colour where Plotly has one per point', () => {
    const raw = new Figure({ data: [{ mode: 'markers', y: [1, 2], marker: { color: ['red', 'blue'] as never } }] });
    expect(raw.toSvg()).toContain(`fill="${palette[0]}"`);
  });
});

describe('hostile text', () => {
  const evil = `</title><script>alert("x")</script><img src=x onerror='alert(1)'>]]>`;
  const hostile = bar({
    title: evil,
    xTitle: evil,
    yTitle: evil,
    series: [
      { name: evil, x: [evil], y: [1], color: evil },
      { name: 'b', x: ['b'], y: [1] },
    ],
  });

  test('is text in the picture', () => {
    expect(xmlProblem(hostile.toSvg())).toBe('');
    expect(hostile.toSvg()).not.toMatch(/<script|<img/);
  });

  test('is text in what a notebook shows', () => {
    expect(displayed(hostile)['text/html']).toMatch(/^<img [^<>]*>$/);
  });

  test('reaches plotly.js without markup', () => {
    expect(hostile.layout.title).toEqual({ text: expect.not.stringMatching(/[<>](?!br>)/) });
    expect(hostile.data[0]!.name).not.toMatch(/[<>]/);
  });

  test('never breaks the picture, whatever it is', () => {
    const anyText = fc.string({ unit: 'binary', maxLength: 80 });
    fc.assert(
      fc.property(anyText, anyText, (title, name) => {
        const svg = bar({
          title,
          series: [
            { name, x: [name], y: [1] },
            { name: title, x: [title], y: [2] },
          ],
        }).toSvg();
        expect(xmlProblem(svg)).toBe('');
      }),
    );
  });
});

describe('toSvg', () => {
  test('draws any finite numbers at finite places', () => {
    const number = fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e300, max: 1e300 });
    fc.assert(
      fc.property(fc.array(fc.tuple(number, number), { minLength: 1, maxLength: 30 }), (points) => {
        const svg = scatter({ x: points.map(([x]) => x), y: points.map(([, y]) => y) }).toSvg();
        expect(svg).not.toMatch(/NaN|Infinity|undefined/);
      }),
    );
  });
});
