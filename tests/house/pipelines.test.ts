import { existsSync, globSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { XMLParser } from 'fast-xml-parser';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import manifest from '../../package.json' with { type: 'json' };
import { readText } from './repository.ts';

/** Returns what stands under `key`, anywhere in a document. */
function valuesOf(document: unknown, key: string): unknown[] {
  if (typeof document !== 'object' || document === null) return [];
  return Object.entries(document).flatMap(([name, value]) => [
    ...(name === key ? [value].flat() : []),
    ...valuesOf(value, key),
  ]);
}

const jenkinsfile = readText('Jenkinsfile');
const commands: readonly (readonly [string, readonly string[]])[] = [
  ['Jenkinsfile', [...jenkinsfile.matchAll(/\bsh '(.*)'$/gm)].map((match) => match[1]!)],
  ['.github/workflows/ci.yml', valuesOf(parse(readText('.github/workflows/ci.yml')), 'run').map(String)],
  ['.gitlab-ci.yml', valuesOf(parse(readText('.gitlab-ci.yml')), 'script').map(String)],
];

describe.each(commands)('%s', (_file, lines) => {
  test('does nothing but call npm, a line at a time', () => {
    expect(lines.length).toBeGreaterThan(4);
    expect(lines.filter((line) => !/^npm (?:ci|run|start)\b[^\n;|&]*$/.test(line))).toEqual([]);
  });

  test('calls scripts that exist', () => {
    const scripts = lines.flatMap((line) =>
      [...line.matchAll(/^npm run (?:-s )?([\w:-]+)/g)].map((match) => match[1]!),
    );
    expect(scripts.filter((script) => !(script in manifest.scripts))).toEqual([]);
  });

  test('checks, tests, builds the image and tries it', () => {
    expect(lines).toEqual(
      expect.arrayContaining([
        'npm ci --ignore-scripts',
        'npm run check:static',
        'npm run test:junit',
        'npm run labmill -- image build',
        'npm run image:smoke',
      ]),
    );
  });
});

describe('the Jenkinsfile', () => {
  const labs = globSync('lab*/lab*.ipynb', { cwd: fileURLToPath(new URL('../..', import.meta.url)) })
    .map((path) => path.split(/[\\/]/)[0]!)
    .sort();
  const list = (pattern: RegExp) => [...pattern.exec(jenkinsfile)![1]!.matchAll(/'(\w+)'/g)].map((match) => match[1]);

  test('runs every lab, and lets one be chosen', () => {
    expect(list(/values (.*)/)).toEqual(labs);
    expect(list(/name: 'LAB', choices: \[(.*)\]/)).toEqual(['all', ...labs]);
  });

  test('runs on the Node that the image has', () => {
    const [, line] = /^ARG NODE_IMAGE=\S*node:(\S+)-slim$/m.exec(readText('Dockerfile'))!;
    expect(jenkinsfile).toContain(`NODE_IMAGE = 'node:${line}'`);
    expect(parse(readText('.gitlab-ci.yml'))).toMatchObject({ default: { image: `node:${line}` } });
  });
});

describe('the Jenkins to try it with', () => {
  test('mounts what is there', () => {
    const volumes = valuesOf(parse(readText('docs/jenkins/compose.yaml')), 'volumes').map(String);
    const ours = volumes.filter((volume) => volume.startsWith('.')).map((volume) => volume.split(':')[0]!);
    expect(ours.length).toBeGreaterThan(3);
    expect(ours.filter((path) => !existsSync(new URL(`../../docs/jenkins/${path}`, import.meta.url)))).toEqual([]);
  });

  test.each([
    ['docs/jenkins/job.xml', 'Jenkinsfile'],
    ['lab2/job.xml', 'lab2/Jenkinsfile'],
  ])('gets from %s a job for %s', (job, file) => {
    expect(valuesOf(new XMLParser().parse(readText(job), true), 'scriptPath')).toEqual([file]);
    expect(readText(file)).toContain('pipeline {');
  });
});
