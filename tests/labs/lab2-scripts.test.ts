import { spawnSync } from 'node:child_process';
import { appendFileSync, cpSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { execa } from 'execa';
import { sha256 } from 'labmill';
import { loadBreastCancer, readCsv } from 'labmill/data';
import { loadModel } from 'labmill/training';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { httpServer, refusingUrl } from '../support/http-server.ts';

const lab = fileURLToPath(new URL('../../lab2', import.meta.url));
const scratch = mkdtempSync(join(tmpdir(), 'labmill-lab2-'));
const plain = join(scratch, 'plain');
/** The address that a developer may have set for themselves is not for these tests. */
const env = { LAB2_DATA_URL: '' };

afterAll(() => rmSync(scratch, { recursive: true, force: true }));

const pipeline = (out: string, ...flags: string[]) =>
  spawnSync('sh', [join(lab, 'pipeline.sh'), '--out', out, ...flags], {
    encoding: 'utf8',
    cwd: scratch,
    env: { ...process.env, ...env },
  });
/** Runs one script; not synchronously, since a test may be the server that it talks to. */
const run = (script: string, out: string, flags: string[] = [], variables: Record<string, string> = {}) =>
  execa(process.execPath, [join(lab, script), '--out', out, ...flags], {
    reject: false,
    env: { ...env, ...variables },
  });
const reportOf = (out: string) => JSON.parse(readFileSync(join(out, 'report.json'), 'utf8'));
/** A folder in which the pipeline has run, to be changed. */
const copyOfPlain = (name: string) => {
  cpSync(plain, join(scratch, name), { recursive: true });
  return join(scratch, name);
};
let ended: ReturnType<typeof pipeline>;

beforeAll(() => {
  ended = pipeline(plain);
}, 120_000);

describe('pipeline.sh', () => {
  test('prints exactly one line on stdout, the accuracy', () => {
    expect(ended.stderr).toContain('quality gate passed: accuracy 0.');
    expect(ended.status).toBe(0);
    const figure = /^Model test accuracy is: (\d\.\d{3})\n$/.exec(ended.stdout)?.[1];
    expect(Number(figure)).toBeCloseTo(reportOf(plain).score, 3);
  });

  test('ends with exit code 1 below the threshold, and says why', () => {
    const { status, stdout, stderr } = pipeline(join(scratch, 'strict'), '--threshold', '1');
    expect({ status, stdout }).toEqual({ status: 1, stdout: ended.stdout });
    expect(stderr).toMatch(/quality gate failed: accuracy 0\.\d{4} is below the threshold 1\n$/);
    expect(reportOf(join(scratch, 'strict'))).toMatchObject({ threshold: 1, passed: false });
  }, 60_000);

  test('stops at the first step that fails, without an accuracy', () => {
    const { status, stdout, stderr } = pipeline(join(scratch, 'stopped'), '--sha256', 'f'.repeat(64));
    expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
    expect(stderr).toMatch(/^ERR_CHECKSUM: [^\n]*\n$/m);
    expect(stderr).not.toContain('process-data');
  }, 60_000);
});

describe('report.json', () => {
  test('states each source with its address and rows, and what proves it', () => {
    expect(reportOf(plain).sources).toEqual([
      {
        kind: 'http',
        file: 'measurements.csv',
        address: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+\/measurements\.csv$/),
        rows: 569,
        sha256: sha256(readFileSync(join(plain, 'raw/measurements.csv'))),
      },
      {
        kind: 'git',
        file: 'diagnoses.csv',
        address: expect.stringMatching(/^file:.*\/published\/diagnoses$/),
        rows: 569,
        commit: expect.stringMatching(/^[0-9a-f]{40,64}$/),
      },
      {
        kind: 'sql',
        file: 'worst-values.csv',
        address: expect.stringMatching(/^file:.*\/worst-values\.sqlite$/),
        rows: 569,
        query: expect.stringMatching(/^SELECT /),
      },
    ]);
  });

  test('states the selected features, which are those of the model, the score and the threshold', () => {
    const { features, score, threshold, passed } = reportOf(plain);
    const names = features.map(({ name }: { name: string }) => name);
    const { model } = loadModel(join(plain, 'model.json'));
    expect(names.toSorted()).toEqual(model.schema.features.map(({ name }) => name).toSorted());
    expect(features[0]).toMatchObject({
      F: expect.any(Number),
      p: expect.any(Number),
      importance: { std: expect.any(Number) },
    });
    expect({ isAbove: score > 0.93, threshold, passed }).toEqual({ isAbove: true, threshold: 0.9, passed: true });
  });

  test('has the score of the saved model on rows that it has not seen', () => {
    const rows = readCsv(join(plain, 'test.csv'));
    const seen = new Set(readCsv(join(plain, 'train.csv')).numbers('id'));
    const { model } = loadModel(join(plain, 'model.json'));
    expect(model.score(rows, rows.strings('diagnosis').map(String))).toBe(reportOf(plain).score);
    expect(rows.numbers('id').filter((id) => seen.has(id))).toEqual(new Float64Array());
  });
});

describe('get-data.ts', () => {
  const bytes = () => readFileSync(join(plain, 'raw/measurements.csv'));

  test.each([
    ['LAB2_DATA_URL', (url: string) => run('get-data.ts', join(scratch, 'env'), [], { LAB2_DATA_URL: url }), 'env'],
    ['--data-url', (url: string) => run('get-data.ts', join(scratch, 'flag'), ['--data-url', url]), 'flag'],
  ])('downloads from the address of %s, each time anew', async (_name, get, out) => {
    const asked: (string | undefined)[] = [];
    const url = await httpServer((request, response) => {
      asked.push(request.url);
      response.end(bytes());
    });
    for (const query of ['?first', '?second']) expect(await get(`${url}/m.csv${query}`)).toMatchObject({ exitCode: 0 });
    expect(asked).toEqual(['/m.csv?first', '/m.csv?second']);
    const [source] = JSON.parse(readFileSync(join(scratch, out, 'sources.json'), 'utf8'));
    expect(source).toMatchObject({ kind: 'http', address: `${url}/m.csv?second`, rows: 569 });
  });

  test('refuses other bytes, and leaves no report of the run before', async () => {
    const out = copyOfPlain('changed');
    const url = await httpServer((_request, response) => response.end(`${bytes().toString()}570,1\n`));
    const { exitCode, stderr } = await run('get-data.ts', out, ['--data-url', `${url}/measurements.csv`]);
    expect(exitCode).toBe(1);
    expect(stderr).toMatch(/^ERR_CHECKSUM: .*expected sha256 [0-9a-f]{64}, got [0-9a-f]{64}/);
    expect(existsSync(join(out, 'report.json'))).toBe(false);
  });

  test('takes other bytes when their sha256 is given', async () => {
    const fewer = bytes().toString().split('\n').slice(0, 300).join('\n');
    const url = await httpServer((_request, response) => response.end(fewer));
    const flags = ['--data-url', `${url}/m.csv`, '--sha256', sha256(fewer)];
    expect(await run('get-data.ts', join(scratch, 'fewer'), flags)).toMatchObject({ exitCode: 0 });
    const { stderr } = await run('process-data.ts', join(scratch, 'fewer'));
    expect(stderr).toBe('process-data: 299 tumours to tumours.csv, 270 incomplete ones left out');
  });

  test('says so when nobody answers at the address', async () => {
    const { exitCode, stderr } = await run('get-data.ts', join(scratch, 'off'), ['--data-url', await refusingUrl()]);
    expect(exitCode).toBe(1);
    expect(stderr).toMatch(/^ERR_OFFLINE: http:\/\/127\.0\.0\.1:\d+: could not be reached/);
  });

  test('says so when there is no git', async () => {
    const { exitCode, stderr } = await run('get-data.ts', join(scratch, 'gitless'), [], { PATH: scratch });
    expect(exitCode).toBe(1);
    expect(stderr).toBe('ERR_REPOSITORY: git init: expected git on the PATH, found none. Install it and run again.');
  });

  test('does not mind the git configuration around it', async () => {
    const hostile = { GIT_DIR: join(scratch, 'elsewhere'), GIT_AUTHOR_DATE: '2001-01-01T00:00:00Z' };
    expect(await run('get-data.ts', join(scratch, 'around'), [], hostile)).toMatchObject({ exitCode: 0 });
    const commit = (out: string) => JSON.parse(readFileSync(join(scratch, out, 'sources.json'), 'utf8'))[1].commit;
    expect(commit('around')).toBe(commit('plain'));
  });
});

describe('process-data.ts', () => {
  test('puts together what belongs together', () => {
    const { table } = loadBreastCancer();
    expect(readCsv(join(plain, 'tumours.csv')).drop(['id'])).toEqual(table);
  });

  const damage: [string, string, string, RegExp][] = [
    [
      'an id that occurs twice',
      'raw/diagnoses.csv',
      '7,benign\n',
      /^ERR_COLUMN: .*each id once in diagnoses.csv, got 7 twice/,
    ],
    [
      'text for a number',
      'raw/worst-values.csv',
      `9999${',1'.repeat(9)},big\n`,
      /^ERR_CSV: .*worst-values\.csv:571, column "worst fractal dimension": expected a number, got "big"/,
    ],
    [
      'a row too short',
      'raw/measurements.csv',
      '9999,1\n',
      /^ERR_CSV: .*measurements\.csv:571, column "mean texture": expected 21 fields/,
    ],
  ];
  test.each(damage)('refuses %s', async (name, file, line, message) => {
    const out = copyOfPlain(name.replaceAll(' ', '-'));
    appendFileSync(join(out, file), line);
    const { exitCode, stderr } = await run('process-data.ts', out);
    expect(exitCode).toBe(1);
    expect(stderr).toMatch(message);
  });

  test('refuses a file without the columns that it needs', async () => {
    const out = copyOfPlain('columns');
    writeFileSync(join(out, 'raw/diagnoses.csv'), 'id,verdict\n1,benign\n');
    expect((await run('process-data.ts', out)).stderr).toMatch(/^ERR_COLUMN: .*"id", "verdict".*got "diagnosis"/);
  });

  test('refuses parts that have no tumour in common', async () => {
    const out = copyOfPlain('strangers');
    writeFileSync(join(out, 'raw/diagnoses.csv'), 'id,diagnosis\n9999,benign\n');
    expect((await run('process-data.ts', out)).stderr).toMatch(/^ERR_EMPTY_DATA: process-data: expected tumours/);
  });
});

describe('a step', () => {
  test.each(['process-data.ts', 'split-data.ts', 'select-features.ts', 'train-model.ts', 'test-model.ts'])(
    '%s says that the steps before it are missing',
    async (script) => {
      const { exitCode, stdout, stderr } = await run(script, join(scratch, 'nothing'));
      expect({ exitCode, stdout }).toEqual({ exitCode: 1, stdout: '' });
      expect(stderr).toMatch(/^ERR_FILE_READ: .*Run the steps before this one first\.$/);
    },
  );

  test.each([
    ['get-data.ts', ['--thresold', '1'], 'Unknown option'],
    ['get-data.ts', ['--threshold', 'high'], '--threshold: expected a number from 0 to 1, got "high"'],
    ['get-data.ts', ['--threshold', '1.01'], '--threshold: expected a number from 0 to 1, got "1.01"'],
    ['get-data.ts', ['--data-url', 'ftp://a/b'], 'expected an http or https URL, got "ftp://a/b"'],
    ['get-data.ts', ['--sha256', 'abc'], 'expected a sha256 of 64 hexadecimal digits, got "abc"'],
    ['split-data.ts', ['--test-size', '0'], 'expected a testSize in 0–1'],
    ['split-data.ts', ['--random-state', '0.5'], 'randomState: expected a whole number'],
    ['select-features.ts', ['--k', '0'], 'SelectKBest.fit: expected a whole k of at least 1, got 0'],
  ])('%s refuses %j with exit code 2', async (script, flags, message) => {
    const { exitCode, stdout, stderr } = await run(script, copyOfPlain('refused'), flags);
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
    expect(stderr).toContain(message);
  });

  test('refuses a model that was damaged after it was saved', async () => {
    const out = copyOfPlain('damaged');
    writeFileSync(join(out, 'model.json'), readFileSync(join(out, 'model.json'), 'utf8').replace('1', '2'));
    const { exitCode, stderr } = await run('test-model.ts', out);
    expect(exitCode).toBe(1);
    expect(stderr).toMatch(/^ERR_MODEL_FILE: /);
  });

  test('passes --k and --random-state on to what it does', async () => {
    const out = copyOfPlain('flags');
    const flags = ['--k', '3', '--random-state', '5'];
    for (const script of ['split-data.ts', 'select-features.ts', 'train-model.ts', 'test-model.ts']) {
      expect(await run(script, out, flags)).toMatchObject({ exitCode: 0 });
    }
    expect(reportOf(out).features).toHaveLength(3);
    expect(readFileSync(join(out, 'test.csv'), 'utf8')).not.toBe(readFileSync(join(plain, 'test.csv'), 'utf8'));
  });
});
