import { inspect } from 'node:util';
import { labResult } from 'labmill/testing';
import { describe, expect, test } from 'vitest';
import { displayed } from '../support/displayed.ts';

const result = labResult({ measure: 'days predicted', value: 0.87654321, threshold: 0.8, passed: true });

describe('labResult', () => {
  test('shows the figure as text and as a small table', () => {
    expect(inspect(result)).toBe('days predicted: 0.8765 (threshold 0.8, passed)');
    expect(displayed(result)['text/html']).toContain(
      '<td>days predicted</td><td>0.8765</td><td>0.8</td><td>passed</td>',
    );
  });

  test('carries the unrounded figure for the runner', () => {
    expect(displayed(result)['application/vnd.labmill.result+json']).toEqual({
      measure: 'days predicted',
      value: 0.87654321,
      threshold: 0.8,
      passed: true,
    });
  });

  test('gives the figure its unit', () => {
    expect(inspect(labResult({ measure: 'error', value: 2, unit: '°C', threshold: 1, passed: false }))).toBe(
      'error: 2 °C (threshold 1 °C, failed)',
    );
  });

  test('needs neither threshold nor verdict', () => {
    expect(inspect(labResult({ measure: 'rows', value: 7 }))).toBe('rows: 7');
  });

  test.each([NaN, Infinity])('refuses %d', (value) => {
    expect(() => labResult({ measure: 'score', value })).toThrow(
      expect.objectContaining({
        code: 'ERR_NOT_FINITE',
        message: `labResult: expected a finite value for "score", got ${value}`,
      }),
    );
  });
});
