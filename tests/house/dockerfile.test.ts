import { existsSync } from 'node:fs';
import { validate } from 'dockerfile-utils';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { readText } from './repository.ts';

const dockerfile = readText('Dockerfile');
const instructions = dockerfile
  .replaceAll(/^#.*\n/gm, '')
  .replaceAll(/\s*\\\n\s*/g, ' ')
  .split('\n')
  .filter((line) => line !== '');

/** Returns the arguments of each instruction of a kind, in order. */
function all(keyword: string): string[] {
  return instructions.filter((line) => line.startsWith(`${keyword} `)).map((line) => line.slice(keyword.length + 1));
}

/** What is copied from the repository, not from the stage before. */
const copied = all('COPY')
  .filter((words) => !words.startsWith('--from='))
  .flatMap((words) => words.split(' ').slice(0, -1));

describe('the Dockerfile', () => {
  test('is clean to the linter', () => {
    expect(validate(dockerfile)).toEqual([]);
  });

  test('has two stages on one base, named once: the slim image of the pinned line of Node', () => {
    const line = readText('.node-version').split('.')[0];
    expect(all('FROM')).toEqual(['${NODE_IMAGE} AS build', '${NODE_IMAGE} AS runtime']);
    expect(all('ARG')).toEqual([`NODE_IMAGE=docker.io/library/node:${line}-bookworm-slim`, 'REVISION=unknown']);
  });

  test('copies by name what is there and nothing else', () => {
    expect(copied.filter((path) => !/^\.?[a-z]/i.test(path) || path.includes('*'))).toEqual([]);
    expect(copied.filter((path) => !existsSync(new URL(`../../${path}`, import.meta.url)))).toEqual([]);
  });

  test('gives up root for a user that is a number', () => {
    expect(all('USER')).toEqual(['1000']);
  });

  test.each(['ENTRYPOINT', 'HEALTHCHECK'])(
    'starts no shell in %s, so that signals and exit codes arrive',
    (keyword) => {
      const [, json] = /(\[.*\])$/.exec(all(keyword)[0]!)!;
      expect(JSON.parse(json!)).toEqual(['node', ...(keyword === 'ENTRYPOINT' ? [] : ['-e']), expect.any(String)]);
      expect(all('CMD')).toEqual([]);
    },
  );
});

describe('.dockerignore', () => {
  test('lets through what the Dockerfile copies, and nothing else', () => {
    const [first, ...others] = readText('.dockerignore')
      .split('\n')
      .filter((line) => /^[^#]/.test(line));
    const allowed = others.filter((line) => line.startsWith('!')).map((line) => line.slice(1));
    expect(first).toBe('*');
    expect(allowed.sort()).toEqual([...new Set(copied)].sort());
  });
});

describe('compose.yaml', () => {
  const { services } = parse(readText('compose.yaml')) as { services: Record<string, Record<string, unknown>> };

  test.each(Object.keys(services))('denies the service %s all that it does not need', (name) => {
    expect(services[name]).toMatchObject({
      init: true,
      read_only: true,
      tmpfs: ['/tmp'],
      cap_drop: ['ALL'],
      security_opt: ['no-new-privileges:true'],
    });
  });

  test.each(Object.keys(services))('names the image of the service %s by a tag that is not latest', (name) => {
    expect(services[name]!['image']).toBe('labmill:${LABMILL_TAG:-local}');
  });
});
