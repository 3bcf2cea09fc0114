import { globSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { root } from '../../support/jupyter.ts';
import { git, type ScratchClone, scratchClone } from '../../support/scratch-clone.ts';
import { type Call, type DryRun, dryRun, everyCall, groovy, hasJava } from './dry-run.ts';
import { keptPatterns, type Outcome, runStep, type ShellStep, shellSteps } from './pipeline.ts';

const files = ['Jenkinsfile', 'lab2/Jenkinsfile'];
const runs: DryRun[] = hasJava
  ? dryRun(
      await groovy(),
      files.map((file) => join(root, file)),
    )
  : [];
const [pipeline = { name: 'pipeline', line: 1, args: {} }] = runs.map(({ tree }) => tree);

const stageOf = (name: string): Call | undefined =>
  everyCall(pipeline).find((call) => call.name === 'stage' && call.args['name'] === name);
const named = (step: ShellStep): string => [...Object.values(step.env), step.script].join(': ');

describe.skipIf(!hasJava)('a Jenkinsfile', () => {
  test.each(files)('is declarative, and nothing in it is unknown: %s', (file) => {
    expect(runs[files.indexOf(file)]).toEqual({ tree: expect.objectContaining({ name: 'pipeline' }) });
  });

  test('asks before it publishes, without an agent that waits, on main only', () => {
    const publish = stageOf('Publish')!.body!.map(({ name, body }) => [name, body?.map((each) => each.args)]);
    expect(pipeline.body).toContainEqual(expect.objectContaining({ name: 'agent', args: { type: 'none' } }));
    expect(publish).toContainEqual(['input', expect.anything()]);
    expect(publish).toContainEqual([
      'when',
      [{ before: true }, { pattern: 'main' }, { name: 'PUBLISH', value: 'true' }],
    ]);
  });

  test('has credentials in the stage that publishes, and in no other', () => {
    const needs = (call: Call | undefined) =>
      everyCall(call!).filter((each) => JSON.stringify(each.args).includes('credentials'));
    expect(needs(pipeline)).toEqual(needs(stageOf('Publish')));
    expect(needs(pipeline)).not.toEqual([]);
  });
});

/** What the clone shows while the unit tests are the step: the whole suite would take minutes, and has run before this. */
const oneRoom = ['/*', '!/tests/*', '/tests/base/', '/tests/fixtures/', '/tests/support/'];

/** The stages `Image` and `Publish` need an engine; tests/image runs their steps. */
describe.skipIf(!hasJava)('the steps of the Jenkinsfile, in a fresh clone', () => {
  const verify = stageOf('Verify') ?? pipeline;
  const steps = shellSteps(verify);
  const outcomes = new Map<string, Outcome>();
  let clone: ScratchClone;

  beforeAll(async () => {
    clone = scratchClone();
    for (const stage of new Set(steps.map((step) => step.stage))) {
      const together = steps.filter((step) => step.stage === stage);
      if (stage === 'Tests') git(clone.folder, 'sparse-checkout', 'set', '--no-cone', ...oneRoom);
      await Promise.all(together.map(async (step) => outcomes.set(named(step), await runStep(clone.folder, step))));
      if (stage === 'Tests') git(clone.folder, 'sparse-checkout', 'disable');
    }
  }, 900_000);

  afterAll(() => clone[Symbol.dispose]());

  test.each(steps.map(named))('%s', (step) => {
    expect(outcomes.get(step)?.exitCode, outcomes.get(step)?.text.slice(-4000)).toBe(0);
  });

  test.each(keptPatterns(verify))('leave %s to keep', (pattern) => {
    expect(globSync(pattern, { cwd: clone.folder })).not.toEqual([]);
  });

  test('leave the folder as it was checked out', () => {
    expect(git(clone.folder, 'status', '--porcelain')).toBe('');
  });
});
