import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { dryRun, everyCall, groovy, hasJava } from '../interop/jenkins/dry-run.ts';
import { type Outcome, runStep, type ShellStep, shellSteps } from '../interop/jenkins/pipeline.ts';
import { root } from '../support/jupyter.ts';
import { git, type ScratchClone, scratchClone } from '../support/scratch-clone.ts';
import { image, podman } from './container.ts';
import { type Registry, startRegistry } from './registry.ts';

const [run] = hasJava ? dryRun(await groovy(), [join(root, 'Jenkinsfile')]) : [];
const stages = run?.tree === undefined ? [] : everyCall(run.tree).filter(({ name }) => name === 'stage');
const steps = (...names: readonly string[]): ShellStep[] =>
  stages.filter(({ args }) => names.includes(String(args['name']))).flatMap((stage) => shellSteps(stage));

/** tests/interop/jenkins runs the others. What `withDockerRegistry` does around the last of them is logging in. */
describe.skipIf(image === null || !hasJava)(
  'the steps of the Jenkinsfile that need an engine, in a fresh clone',
  () => {
    const outcomes: Outcome[] = [];
    let clone: ScratchClone;
    let registry: Registry;

    beforeAll(async () => {
      clone = scratchClone();
      registry = await startRegistry();
      const env = { REGISTRY: `${registry.host}/team` };
      for (const step of steps('Image', 'Publish')) outcomes.push(await runStep(clone.folder, { ...step, env }));
    }, 600_000);

    afterAll(async () => {
      await podman('rmi', '--force', `labmill:${tag()}`, `${registry.host}/team/labmill:${tag()}`);
      registry[Symbol.dispose]();
      clone[Symbol.dispose]();
    });

    const tag = () => `main-${git(clone.folder, 'rev-parse', 'HEAD').slice(0, 12)}`;

    test.each(steps('Image', 'Publish').map(({ script }, index) => [script, index] as const))('%s', (_, index) => {
      expect(outcomes[index]?.exitCode, outcomes[index]?.text.slice(-4000)).toBe(0);
    });

    test('leave the image of the commit in the registry', async () => {
      const tags = await fetch(`${registry.url}/v2/team/labmill/tags/list`);
      expect(await tags.json()).toEqual({ name: 'team/labmill', tags: [tag()] });
    });
  },
);
