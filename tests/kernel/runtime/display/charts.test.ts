import { describe, expect, test } from 'vitest';
import { chartBundle } from '../../../../src/kernel/runtime/display/charts.ts';

describe('chartBundle', () => {
  test.each([
    ['vega-lite/v5.json', 'application/vnd.vegalite.v5+json'],
    ['vega-lite/v4.17.0.json', 'application/vnd.vegalite.v4+json'],
    ['vega-lite/v6.json', 'application/vnd.vegalite.v6+json'],
    ['vega/v5.json', 'application/vnd.vega.v5+json'],
  ])('knows a specification by its schema %s', (schema, type) => {
    const spec = { $schema: `https://vega.github.io/schema/${schema}` };
    expect(chartBundle(spec)).toEqual({ [type]: spec });
  });

  test('knows a Plotly figure by its traces and layout', () => {
    const figure = { data: [{ type: 'bar', y: [1] }], layout: {} };
    expect(chartBundle(figure)).toEqual({ 'application/vnd.plotly.v1+json': figure });
  });

  test.each([
    [{ $schema: 'https://json-schema.org/draft/2020-12/schema' }],
    [{ $schema: 5 }],
    [{ data: [{ type: 'bar' }] }],
    [{ data: [], layout: {} }],
    [{ data: [{ id: 1 }], layout: {} }],
    [{ data: [{ type: 'bar' }], layout: 'wide' }],
  ])('takes %j for plain data', (value) => {
    expect(chartBundle(value)).toBeUndefined();
  });
});
