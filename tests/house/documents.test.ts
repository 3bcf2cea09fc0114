import { existsSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import manifest from '../../package.json' with { type: 'json' };
import { labs } from '../support/labs.ts';
import { readText } from './repository.ts';

describe('package.json', () => {
  test.each(Object.entries(manifest.exports).filter(([door]) => door !== './package.json'))(
    'has a source behind the door %s',
    (_door, target) => {
      const built = typeof target === 'string' ? target : target.default;
      const source = built.replace('./dist/', '../../src/').replace(/\.js$/, '.ts');
      expect(existsSync(new URL(source, import.meta.url)), source).toBe(true);
    },
  );

  test('lists each door for older resolvers, too', () => {
    const doors = Object.keys(manifest.exports).filter((door) => door !== '.' && door !== './package.json');
    expect(Object.keys(manifest.typesVersions['*']).map((door) => `./${door}`)).toEqual(doors);
  });
});

describe('docs/errors.md', () => {
  const documented = [...readText('docs/errors.md').matchAll(/^## `(ERR_[A-Z_]+)`/gm)].map((match) => match[1]);

  test('lists each code of src/base/errors.ts, once and in the same order', () => {
    const codes = [...readText('src/base/errors.ts').matchAll(/super\(\s*'(ERR_[A-Z_]+)'/g)].map((match) => match[1]);
    expect(documented).toEqual(codes);
  });
});

describe('CONTRIBUTING.md', () => {
  test.each(Object.keys(manifest.dependencies))('says why %s is a dependency', (name) => {
    expect(readText('CONTRIBUTING.md')).toContain(`\n| \`${name}\` `);
  });
});

describe('README.md', () => {
  test('shows the example that the tests run', () => {
    expect(readText('README.md')).toContain(`\`\`\`ts\n${readText('tests/house/readme-example.test.ts')}\`\`\``);
  });

  test.each(labs)('gives the figure that the notebook of %s measured', (lab) => {
    const [, result] = /"application\/vnd\.labmill\.result\+json": (\{[^}]*\})/.exec(readText(`${lab}/${lab}.ipynb`))!;
    const { measure, value } = JSON.parse(result!) as { measure: string; value: number };
    expect(readText('README.md')).toContain(`| ${measure}: ${value} `);
  });

  test('fits on four screens', () => {
    expect(readText('README.md').split('\n').length).toBeLessThan(120);
  });
});

describe('the documents', () => {
  const documents = ['README.md', 'ARCHITECTURE.md', 'CONTRIBUTING.md'];
  const text = documents.map(readText).join('\n');

  test('name npm scripts that exist', () => {
    const named = [...text.matchAll(/npm run (?:-s )?([a-z0-9:]+)/g)].map((match) => match[1] ?? '');
    expect(named.filter((script) => !(script in manifest.scripts))).toEqual([]);
  });

  test('name files that exist', () => {
    const named = [...text.matchAll(/`((?:src|tests|scripts|docs|bench)\/[a-z0-9./-]+)`/g)].map(
      (match) => match[1] ?? '',
    );
    expect(named.filter((path) => !existsSync(new URL(`../../${path}`, import.meta.url)))).toEqual([]);
  });
});
