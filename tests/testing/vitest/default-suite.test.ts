import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execPath } from 'node:process';
import { fileURLToPath } from 'node:url';
import { execa } from 'execa';
import { beforeAll, describe, expect, test } from 'vitest';

interface Report {
  readonly testResults: readonly {
    readonly message: string;
    readonly assertionResults: readonly { readonly fullName: string; readonly status: string }[];
  }[];
}

/** Runs a suite of tests/fixtures/suites in a Vitest of its own and returns its JSON report. */
async function runSuite(name: string): Promise<Report['testResults'][number]> {
  const path = (relative: string) => fileURLToPath(new URL(relative, import.meta.url));
  const folder = await mkdtemp(join(tmpdir(), 'suite-'));
  const vitest = path('../../../node_modules/vitest/vitest.mjs');
  const config = path('../../fixtures/suites/vitest.config.ts');
  const outputFile = join(folder, 'report.json');
  try {
    const flags = ['--config', config, '--reporter', 'json', '--outputFile', outputFile];
    await execa(execPath, [vitest, 'run', name, ...flags], { reject: false });
    return (JSON.parse(await readFile(outputFile, 'utf8')) as Report).testResults[0]!;
  } finally {
    await rm(folder, { recursive: true });
  }
}

describe('the default suite', () => {
  let outcomes: Record<string, string>;

  beforeAll(async () => {
    const { assertionResults } = await runSuite('default.suite.ts');
    outcomes = Object.fromEntries(assertionResults.map(({ fullName, status }) => [fullName, status]));
  });

  test('holds the other data sets against the clean one and finds the noisy one', () => {
    expect(outcomes).toMatchObject({
      'line holds its r2 from clean to other': 'passed',
      'line keeps its residuals stable from clean to other': 'passed',
      'line holds its r2 from clean to noisy': 'passed',
      'line keeps its residuals stable from clean to noisy': 'failed',
    });
  });

  test('takes the first data set as standard where none is called clean, and leaves labels their residuals', () => {
    const ofLabels = Object.entries(outcomes).filter(([name]) => name.startsWith('labels'));
    expect(ofLabels).toEqual([['labels holds its accuracy from first to second', 'passed']]);
  });

  test('refuses to run with nothing to compare', async () => {
    const { message } = await runSuite('lonely.suite.ts');
    expect(message).toContain(
      'describeModel: expected two data sets besides "train" to compare, got ["train","clean"]',
    );
  });
});
