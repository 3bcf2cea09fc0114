import { inspect } from 'node:util';
import { scoreCheck, verdictTable } from 'labmill/testing';
import { describe, expect, test } from 'vitest';
import { displayed } from '../support/displayed.ts';
import { echoData, echoModel } from '../support/line-data.ts';

const on = { ...echoData(100, 10), name: '<clean>' };
const passed = await scoreCheck(echoModel, { metric: 'accuracy', on, min: 0.8 });
const failed = await scoreCheck(echoModel, { metric: 'accuracy', on: echoData(100, 40), min: 0.8 });

describe('a check result', () => {
  test('reads as value, interval, n, threshold and reason', () => {
    expect(inspect(passed)).toBe(
      'score on "<clean>": pass\n' +
        '  accuracy = 0.9, interval [0.8299, 0.9474], n = 100, threshold ≥ 0.8\n' +
        '  The whole interval reaches the threshold.',
    );
  });

  test('is plain data: it copies, compares and serialises', () => {
    expect(JSON.parse(JSON.stringify(passed))).toEqual(structuredClone(passed));
  });

  test('shows itself as a table whose text is escaped', () => {
    expect(displayed(passed)['text/html']).toContain('<td>&lt;clean&gt;</td>');
  });
});

describe('verdictTable', () => {
  const table = verdictTable([passed, failed]);

  test('shows a row for each result', () => {
    const lines = inspect(table).split('\n');
    expect(lines).toHaveLength(3);
    expect(lines[0]).toMatch(/^data +check +measure +value +interval +threshold +n +verdict$/);
    expect(lines[2]).toMatch(/^– +score +accuracy +0\.6 .* ≥ 0\.8 +100 +fail$/);
    expect(String(displayed(table)['text/html']).match(/<tr>/g)).toHaveLength(3);
  });

  test('has passed when every check has', () => {
    expect(table.passed).toBe(false);
    expect(verdictTable([passed]).passed).toBe(true);
  });
});
