import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type DryRun, dryRun, groovy, hasJava } from './dry-run.ts';

const steps = (...lines: string[]): string => `stage('Test') { steps { ${lines.join('; ')} } }`;
const stages = (...each: string[]): string => `pipeline { agent any; stages { ${each.join('\n')} } }`;
const around = (directive: string): string => `pipeline { agent any; ${directive}; stages { ${steps("sh 'a'")} } }`;
const matrix = `matrix { axes { axis { name 'LAB'; values 'a', 'b' } }; stages { ${steps("sh 'a'")} } }`;

const accepted: readonly (readonly [string, string])[] = [
  ['steps with positional and named parameters', stages(steps("sh 'a'", "sh script: 'b', label: 'c'", 'deleteDir()'))],
  ['steps within steps', stages(steps("timeout(time: 5, unit: 'MINUTES') { retry(2) { sh 'a' } }"))],
  [
    'parallel stages with agents of their own',
    stages(`stage('P') { parallel { stage('A') { agent any; steps { sh 'a' } } } }`),
  ],
  ['a matrix, and its axis as a variable', stages(`stage('M') { ${matrix} }`, steps('echo "${LAB}"'))],
  ['credentials', around("environment { TOKEN = credentials('token') }")],
  ['a condition with Groovy in it', stages("stage('W') { when { expression { 1 < 2 } }; steps { sh 'a' } }")],
  ['steps that need no node, without an agent', `pipeline { agent none; stages { ${steps("echo 'a'")} } }`],
  [
    'post steps on the agent of a stage',
    `pipeline { agent none; stages { stage('A') { agent any; steps { sh 'a' }; post { always { junit 'a' } } } } }`,
  ],
];

const refused: readonly (readonly [string, string, string])[] = [
  [
    'a misspelt section',
    'pipeline { agent any; stagess { } }',
    '1: pipeline: "stagess" is no directive here; expected one of agent, environment',
  ],
  ['a misspelt pipeline', 'pipelines { }', '"pipelines" is no directive here; expected one of pipeline'],
  [
    'a misspelt directive of a stage',
    stages("stage('A') { step { sh 'a' } }"),
    'stage "A": "step" is no directive here',
  ],
  [
    'a misspelt condition',
    stages("stage('A') { steps { sh 'a' }; post { allways { sh 'a' } } }"),
    'post: "allways" is no directive here; expected one of aborted, always',
  ],
  ['a misspelt option', around('options { timestamp() }'), '"timestamp" is no directive here'],
  [
    'an option where it cannot stand',
    stages("stage('A') { options { skipStagesAfterUnstable() }; steps { sh 'a' } }"),
    '"skipStagesAfterUnstable" is no directive here',
  ],
  ['an unknown step', stages(steps("shh 'a'")), '1: pipeline > stages > stage "Test" > steps: "shh" is no known step'],
  ['a script block', stages(steps("script { sh 'a' }")), '"script" blocks hold logic'],
  ['a loop in steps', stages(steps("for (x in [1]) { sh 'a' }")), 'expected a step, got for (x in [1])'],
  ['a condition in steps', stages(steps("if (true) { sh 'a' }")), 'expected a step, got if (true)'],
  ['a variable in steps', stages(steps("def x = 'a'")), "expected a step, got def x = 'a'"],
  ['a method of an object', stages(steps('[1].each { echo "a" }')), 'expected a step, got [1].each'],
  ['code beside the pipeline', `def f() {}\n${stages(steps("sh 'a'"))}`, 'expected nothing but a pipeline'],
  ['an unclosed block', 'pipeline {\n  agent any\n  stages {', "Missing '}'"],
  ['no agent', `pipeline { stages { ${steps("sh 'a'")} } }`, 'pipeline: "agent" is missing'],
  [
    'no agent for a stage',
    `pipeline { agent none; stages { ${steps("sh 'a'")} } }`,
    'steps: "sh" needs a node, and there is no agent',
  ],
  [
    'no agent for post steps',
    `pipeline { agent none; stages { stage('A') { agent any; steps { sh 'a' } } }; post { always { junit 'a' } } }`,
    'post > always: "junit" needs a node',
  ],
  ['an agent of no kind', 'pipeline { agent some; stages { } }', 'type: expected any|none, got "some"'],
  [
    'an agent of two kinds',
    `pipeline { agent { label 'a'; docker { image 'b' } }; stages { ${steps("sh 'a'")} } }`,
    'agent: expected one of label, node, docker, dockerfile, got label and docker',
  ],
  [
    'a container without an image',
    `pipeline { agent { docker { args 'a' } }; stages { ${steps("sh 'a'")} } }`,
    'docker: "image" is missing',
  ],
  ['no stages', 'pipeline { agent any }', 'pipeline: "stages" is missing'],
  [
    'a stage with nothing to do',
    stages("stage('A') { agent any }"),
    'stage "A": expected one of steps, stages, parallel, matrix, got none',
  ],
  [
    'a stage with two things to do',
    stages(`stage('A') { steps { sh 'a' }; stages { ${steps("sh 'a'")} } }`),
    'got steps and stages',
  ],
  ['a stage without a name', stages("stage { steps { sh 'a' } }"), 'the parameter "name" is missing'],
  ['two stages of one name', stages(steps("sh 'a'"), steps("sh 'a'")), 'stage "Test" stands there twice'],
  ['two sections of one name', stages("stage('A') { steps { sh 'a' }; steps { sh 'b' } }"), 'steps stands there twice'],
  [
    'an agent beside a matrix',
    stages(`stage('M') { agent any; ${matrix} }`),
    '"agent" cannot stand beside parallel or matrix',
  ],
  [
    'a matrix within parallel',
    stages(`stage('P') { parallel { stage('M') { ${matrix} } } }`),
    'parallel and matrix cannot stand within one another',
  ],
  [
    'a matrix without axes',
    stages(`stage('M') { matrix { stages { ${steps("sh 'a'")} } } }`),
    'matrix: "axes" is missing',
  ],
  ['an empty block', around('options { }'), 'options: this block is empty'],
  ['a step without its block', stages(steps('timeout(5)')), 'timeout: expected a block after it'],
  ['a block that has no place', stages(steps("sh('a') { echo 'b' }")), 'sh: takes no block'],
  [
    'a missing parameter',
    stages(steps("withDockerRegistry(url: 'a') { sh 'b' }")),
    'the parameter "credentialsId" is missing',
  ],
  [
    'a misspelt parameter',
    stages(steps("junit testResult: 'a'")),
    '"testResult" is no parameter; expected one of allowEmptyResults',
  ],
  [
    'a parameter of the wrong type',
    stages(steps("timeout(time: '5', unit: 'MINUTES') { sh 'a' }")),
    'time: expected int, got "5"',
  ],
  [
    'a parameter outside its words',
    stages(steps("catchError(buildResult: 'BAD') { sh 'a' }")),
    'buildResult: expected SUCCESS|UNSTABLE',
  ],
  [
    'parameters with and without names',
    stages(steps("sh('a', label: 'b')")),
    'sh: parameters with and without names cannot be mixed',
  ],
  ['two values for one', stages(steps("sh('a', 'b')")), 'sh: expected one value, got 2'],
  ['parameters without names', stages(steps("publishHTML('a')")), 'expected its parameters by name'],
  ['a variable that is set nowhere', stages(steps('echo "${LABB}"')), 'the variable LABB is set nowhere'],
  ['a computed value', stages(steps("sh('a' + 'b')")), "expected a plain value, got 'a' + 'b'"],
  [
    'an environment that is no assignment',
    around("environment { sh 'a' }"),
    "environment: expected NAME = value, got sh 'a'",
  ],
];

describe.skipIf(!hasJava)('the dry run of a Jenkinsfile', () => {
  const results = new Map<string, DryRun>();
  let folder: string;

  afterAll(() => rmSync(folder, { recursive: true }));

  // A Java takes seconds to start: one reads them all.
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'labmill-jenkinsfiles-'));
    const cases = [...accepted, ...refused];
    const files = cases.map(([what, text]) => {
      const file = join(folder, `${what.replaceAll(/\W/g, '-')}.Jenkinsfile`);
      writeFileSync(file, text);
      return file;
    });
    const runs = dryRun(await groovy(), files);
    for (const [index, [what]] of cases.entries()) results.set(what, runs[index]!);
  });

  test.each(accepted)('takes %s', (what) => {
    expect(results.get(what)).toEqual({ tree: expect.objectContaining({ name: 'pipeline' }) });
  });

  test.each(refused)('refuses %s', (what, _text, message) => {
    expect(results.get(what)).toEqual({ error: expect.stringContaining(message) });
  });
});
