import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { execa } from 'execa';
import { sha256 } from 'labmill';
import { parseCsv, readCsv } from 'labmill/data';
import { DataRepository, parseDvcFile } from 'labmill/versioning';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { contentOf, problemsOf } from '../../lab4/content.ts';
import { passengerVersions } from '../../lab4/passengers.ts';
import type { Report } from '../../lab4/report.ts';
import { git } from '../support/data-repository.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const lab = join(root, 'lab4');
const scratch = mkdtempSync(join(tmpdir(), 'labmill-lab4-'));
const [kept, out, temporary] = ['kept', 'out', 'tmp'].map((name) => join(scratch, name)) as [string, string, string];

/** Runs the lab in another folder, under git settings that would spoil it if it listened to them. */
const run = async (flags: readonly string[], { folder = lab, env = {} } = {}) => {
  const hostile = { GIT_DIR: join(scratch, 'nowhere'), GIT_CONFIG_GLOBAL: join(scratch, 'gitconfig') };
  const variables = { ...hostile, TMPDIR: temporary, ...env };
  return execa(process.execPath, [join(folder, 'data-versions.ts'), ...flags], {
    cwd: scratch,
    reject: false,
    env: variables,
  });
};
let ended: Awaited<ReturnType<typeof run>>;
let report: Report;

beforeAll(async () => {
  mkdirSync(temporary);
  writeFileSync(join(scratch, 'all'), '*\n');
  writeFileSync(
    join(scratch, 'gitconfig'),
    `[commit]\ngpgsign = true\n[core]\nexcludesFile = ${join(scratch, 'all')}\n`,
  );
  ended = await run(['--keep', 'kept', '--out', out]);
  report = JSON.parse(readFileSync(join(out, 'report.json'), 'utf8')) as Report;
}, 120_000);
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

describe('data-versions.ts', () => {
  test('runs from another folder, prints a line for each version and a verdict', () => {
    expect(ended.exitCode).toBe(0);
    const lines = ended.stdout.split('\n');
    expect(lines.map((line) => line.split(/\s/, 1)[0])).toEqual(['tag', 'v1', 'v2', 'v3', '3', '15']);
    expect(lines.at(-1)).toBe('15 of 15 switches gave the data of their version');
  });

  test('takes its scratch folders away', () => {
    expect(readdirSync(temporary)).toEqual([]);
  });

  test.each([
    ['a folder that is not empty', ['--keep', '.'], '--keep: expected an empty or a new folder, got "."'],
    ['a file', ['--keep', 'gitconfig'], '--keep: expected a folder, got "gitconfig"'],
    ['an unknown flag', ['--kep', 'kept'], 'Unknown option'],
  ])('refuses %s with exit code 2', async (_case, flags, message) => {
    const { exitCode, stdout, stderr } = await run(flags);
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
    expect(stderr).toContain(`ERR_INVALID_ARGUMENT: ${message}`);
  });

  test('says so when there is no git', async () => {
    const { exitCode, stderr } = await run(['--out', join(scratch, 'gitless')], { env: { PATH: scratch } });
    expect(exitCode).toBe(1);
    expect(stderr).toBe('ERR_REPOSITORY: git init: expected git on the PATH, found none. Install it and run again.');
  });

  test('ends with exit code 1 when a switch gives other data, and names the difference', async () => {
    mkdirSync(join(scratch, 'bin'));
    const forgetful = '#!/bin/sh\n[ "$*" = "checkout --quiet v2" ] || PATH="${PATH#*:}" exec git "$@"\n';
    writeFileSync(join(scratch, 'bin/git'), forgetful, { mode: 0o755 });
    const env = { PATH: `${join(scratch, 'bin')}${delimiter}${process.env['PATH']}` };
    const { exitCode, stdout } = await run(['--out', join(scratch, 'wrong')], { env });
    expect(exitCode).toBe(1);
    expect(stdout).toContain('9 of 15 switches gave the data of their version');
    const text = readFileSync(join(scratch, 'wrong/report.md'), 'utf8');
    expect(text.match(/^\| .* \| v2 \| \d+ \| sha256: expected .*; .* \|$/gm)).toHaveLength(6);
  }, 60_000);

  test('refuses a changed titanic.csv, and leaves no report of the run before', async () => {
    const copy = join(root, 'out/tests/lab4-damaged');
    rmSync(copy, { recursive: true, force: true });
    cpSync(lab, copy, { recursive: true, filter: (path) => path !== join(lab, 'out') });
    cpSync(out, join(copy, 'out'), { recursive: true });
    const file = join(copy, 'data/titanic.csv');
    writeFileSync(file, readFileSync(file, 'utf8').replace('male,22', 'male,23'));
    const { exitCode, stderr } = await run([], { folder: copy });
    expect(exitCode).toBe(1);
    expect(stderr).toMatch(/^ERR_CHECKSUM: .*titanic\.csv: expected sha256 4a437f\w+, got \w{64}\. [^\n]+$/);
    expect(readdirSync(join(copy, 'out'))).toEqual([]);
  });
});

describe('the report', () => {
  test('states what each version holds', () => {
    // Mean and standard deviation: pandas 3.1, Series.mean and .std before and after fillna.
    const [known, filled] = [14.526497332334042, 13.002015226002882];
    const meanAge = expect.closeTo(29.69911764705882, 12) as number;
    const expected = { rows: 891, meanAge, md5: expect.stringMatching(/^[0-9a-f]{32}$/) as string };
    expect(report.versions).toMatchObject([
      {
        ...expected,
        tag: 'v1',
        columns: ['Pclass', 'Sex', 'Age'],
        missingAges: 177,
        stdAge: expect.closeTo(known, 12),
      },
      {
        ...expected,
        tag: 'v2',
        columns: ['Pclass', 'Sex', 'Age'],
        missingAges: 0,
        stdAge: expect.closeTo(filled, 12),
      },
      { ...expected, tag: 'v3', columns: ['Pclass', 'Age', 'Sex_female', 'Sex_male'], missingAges: 0 },
    ]);
  });

  test('names the commits and objects that git has under the tags', () => {
    const inGit = report.versions.map(({ tag }) => ({
      commit: git(kept, 'rev-parse', tag).trim(),
      md5: parseDvcFile(git(kept, 'show', `${tag}:passengers.csv.dvc`), 'passengers.csv.dvc').outs[0]?.md5,
    }));
    expect(report.versions).toMatchObject(inGit);
  });

  test('lists five switches in each of three working copies', () => {
    const [repository, storage, webdav] = [
      'the repository',
      'a clone that pulls from storage',
      'a clone that pulls from webdav',
    ];
    const tags = ['v1', 'v2', 'v3', 'v2', 'v1'];
    expect(report.switches.map(({ place, tag, problems }) => ({ place, tag, problems }))).toEqual(
      [repository, storage, webdav].flatMap((place) => tags.map((tag) => ({ place, tag, problems: [] }))),
    );
  });

  test('says what went to the remotes, and keeps the password', () => {
    const password = /password = (\w+)/.exec(readFileSync(join(kept, '.dvc/config.local'), 'utf8'))?.[1] ?? '';
    expect(password).toHaveLength(24);
    expect(report.pushes).toMatchObject([
      { remote: 'storage', url: join(kept, 'remotes/storage'), objects: 3 },
      { remote: 'webdav', url: expect.stringMatching(/^webdav:\/\/127\.0\.0\.1:\d+\/$/) as string, objects: 3 },
    ]);
    const told = [ended.stdout, ended.stderr, JSON.stringify(report), git(kept, 'log', '--all', '--patch')];
    expect(told.join('\n')).not.toContain(password);
  });

  test('shows tables and a picture', () => {
    const text = readFileSync(join(out, 'report.md'), 'utf8');
    expect(text.match(/^\| v[123] \| [0-9a-f]{7} \| [0-9a-f]{32} \| 891 \| /gm)).toHaveLength(3);
    expect(text.match(/^\| .* \| v[123] \| \d+ \| right \|$/gm)).toHaveLength(15);
    expect(readFileSync(join(out, 'versions.svg'), 'utf8')).toContain(
      'The mean puts 177 passengers at the age of 29.7',
    );
  });
});

describe('the kept repository', () => {
  test('is on main, which is the last version, with nothing to commit', async () => {
    expect(git(kept, 'tag').split('\n')).toEqual(['v1', 'v2', 'v3', '']);
    expect(git(kept, 'branch', '--show-current')).toBe('main\n');
    expect(git(kept, 'rev-parse', 'HEAD')).toBe(git(kept, 'rev-parse', 'v3'));
    expect(git(kept, 'status', '--porcelain')).toBe('');
    expect(await DataRepository.open(kept).status()).toEqual({});
  });

  test('has class, sex and age as they are in titanic.csv under v1', async () => {
    const passengers = parseCsv(await DataRepository.open(kept).read('passengers.csv', { rev: 'v1' }));
    expect(passengers).toEqual(readCsv(join(lab, 'data/titanic.csv')).select(['Pclass', 'Sex', 'Age']));
  });

  test('has the same with the mean for each missing age under v2', async () => {
    const [before, after] = (await passengerVersions()).map(({ passengers }) => passengers.numbers('Age'));
    expect(after).toEqual(before?.map((age) => (Number.isNaN(age) ? 29.69911764705882 : age)));
    const file = await DataRepository.open(kept).read('passengers.csv', { rev: 'v2' });
    expect(parseCsv(file).numbers('Age')).toEqual(after);
  });

  test('has 1 in the column of the sex and 0 in the other under v3', async () => {
    const data = DataRepository.open(kept);
    const [v2, v3] = await Promise.all(
      ['v2', 'v3'].map(async (rev) => parseCsv(await data.read('passengers.csv', { rev }))),
    );
    const isFemale = v2!.strings('Sex').map((sex) => (sex === 'female' ? 1 : 0));
    expect([...v3!.numbers('Sex_female')]).toEqual(isFemale);
    expect([...v3!.numbers('Sex_male')]).toEqual(isFemale.map((one) => 1 - one));
    expect(v3!.select(['Pclass', 'Age'])).toEqual(v2!.select(['Pclass', 'Age']));
  });
});

describe('titanic.csv', () => {
  const readme = readFileSync(join(lab, 'data/README.md'), 'utf8');

  test('has the sha256 of its README', () => {
    expect(readme).toContain(`\`${sha256(readFileSync(join(lab, 'data/titanic.csv')))}\``);
  });

  test('has the columns and the missing values of its README', () => {
    const table = readCsv(join(lab, 'data/titanic.csv'));
    const counted = table.columnNames.map((name) => {
      const missing = [...table.column(name).values].filter((value) => value === null || Number.isNaN(value));
      return [name, missing.length];
    });
    const told = [...readme.matchAll(/^\| `(\w+)` .*\| +(\d+) \|$/gm)].map(([, name, missing]) => [
      name,
      Number(missing),
    ]);
    expect(told).toEqual(counted);
  });
});

describe('problemsOf', () => {
  const text = 'Pclass,Sex,Age\n1,male,22\n2,female,\n3,male,30\n';
  const expected = contentOf(Buffer.from(text));
  const problemsOfText = (changed: string) => {
    writeFileSync(join(scratch, 'changed.csv'), changed);
    return problemsOf(join(scratch, 'changed.csv'), expected).map((problem) => problem.replace(/"\w{64}"/g, '…'));
  };

  test('finds none in the same bytes', () => {
    expect(problemsOfText(text)).toEqual([]);
  });

  test.each([
    ['a row that is gone', text.replace('1,male,22\n', ''), 'rows: expected 3, got 2'],
    ['an age that was filled', text.replace('female,', 'female,26'), 'missingAges: expected 1, got 0'],
    [
      'another column',
      text.replace('Sex', 'Sex_male'),
      'columns: expected ["Pclass","Sex","Age"], got ["Pclass","Sex_male","Age"]',
    ],
    ['another age', text.replace('22', '24'), 'meanAge: expected 26, got 27'],
    ['other line ends', text.replaceAll('\n', '\r\n'), 'sha256: expected …, got …'],
    ['no ages', text.replace('Age', 'age'), 'table: expected one of the columns "Pclass", "Sex", "age", got "Age"'],
  ])('names %s', (_case, changed, problem) => {
    expect(problemsOfText(changed)).toContain(problem);
  });

  test('names a file that is not there', () => {
    expect(problemsOf(join(scratch, 'nothing.csv'), expected)).toEqual([expect.stringContaining('ENOENT')]);
  });
});
