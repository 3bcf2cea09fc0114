import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { XMLParser } from 'fast-xml-parser';
import { describe, expect, test } from 'vitest';

const read = (file: string) => readFileSync(fileURLToPath(new URL(`../../lab2/${file}`, import.meta.url)), 'utf8');
const jenkinsfile = read('Jenkinsfile');
const scriptsOf = (text: string, pattern: RegExp) => [...text.matchAll(pattern)].map((match) => match[1]!);

describe('lab2/Jenkinsfile', () => {
  test('runs the scripts of pipeline.sh, in their order, one to a stage', () => {
    const shell = read('pipeline.sh');
    const steps = [...(/for name in (.*); do/.exec(shell)?.[1] ?? '').split(' '), 'test-model'];
    expect(scriptsOf(jenkinsfile, /sh 'node scripts\/launch\.cjs node lab2\/([\w-]+)\.ts/g)).toEqual(steps);
  });

  test('has no logic of its own: each step is one command', () => {
    const commands = scriptsOf(jenkinsfile, /^ +sh '(.*)'$/gm);
    expect(commands.filter((command) => /[;|&\n]/.test(command))).toEqual([]);
    expect(jenkinsfile.match(/\bsh ['(]/g)).toHaveLength(commands.length);
  });

  test('leaves its parameters to the job', () => {
    expect(jenkinsfile).not.toMatch(/^ *parameters \{/m);
  });
});

describe('lab2/job.xml', () => {
  const job = new XMLParser({ ignoreAttributes: false, parseTagValue: false }).parse(read('job.xml'))[
    'flow-definition'
  ];
  const { scm, scriptPath, lightweight, ...definition } = job.definition;
  const parameters: { name: string; defaultValue: string }[] =
    job.properties['hudson.model.ParametersDefinitionProperty'].parameterDefinitions[
      'hudson.model.StringParameterDefinition'
    ];
  const defaults = new Map(parameters.map(({ name, defaultValue }) => [name, defaultValue]));

  test('takes the pipeline from the repository', () => {
    expect(definition['@_class']).toBe('org.jenkinsci.plugins.workflow.cps.CpsScmFlowDefinition');
    expect(scm['@_class']).toBe('hudson.plugins.git.GitSCM');
    expect({ scriptPath, lightweight }).toEqual({ scriptPath: 'lab2/Jenkinsfile', lightweight: 'false' });
  });

  test('names no repository and no branch but by its parameters', () => {
    expect(scm.userRemoteConfigs['hudson.plugins.git.UserRemoteConfig'].url).toBe('${REPOSITORY_URL}');
    expect(scm.branches['hudson.plugins.git.BranchSpec'].name).toBe('${BRANCH}');
    expect([...defaults.keys()]).toEqual(['REPOSITORY_URL', 'BRANCH', 'THRESHOLD', 'LAB2_DATA_URL']);
  });

  test('has the default threshold of the scripts', () => {
    expect(read('options.ts')).toContain(`threshold: { type: 'string', default: '${defaults.get('THRESHOLD')}' }`);
    expect(jenkinsfile).toContain(`\${THRESHOLD:-${defaults.get('THRESHOLD')}}`);
  });
});
