import { spawnSync } from 'node:child_process';
import { appendFileSync, cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

const lab = fileURLToPath(new URL('../../lab1', import.meta.url));
const scratch = mkdtempSync(join(tmpdir(), 'labmill-lab1-'));

afterAll(() => rmSync(scratch, { recursive: true, force: true }));

const pipeline = (folder: string, ...flags: string[]) => {
  const args = [join(lab, 'pipeline.sh'), '--out', join(scratch, folder), ...flags];
  return spawnSync('sh', args, { encoding: 'utf8', cwd: scratch });
};
let plain: ReturnType<typeof pipeline>;

beforeAll(() => {
  plain = pipeline('plain');
}, 60_000);

describe('pipeline.sh', () => {
  const figure = (stdout: string) => Number(/^Model test accuracy is: (\d\.\d{3})\n$/.exec(stdout)?.[1]);

  test('prints exactly one line on stdout, the accuracy', () => {
    expect(plain.stderr).toContain('model-testing: seattle: accuracy');
    expect(plain.status).toBe(0);
    expect(figure(plain.stdout)).toBeGreaterThan(0.5);
  });

  test.each([
    ['--noise', '6'],
    ['--anomalies', '80'],
    ['--tolerance', '1'],
  ])('passes %s %s on, and the figure falls', (flag, value) => {
    expect(figure(pipeline(flag, flag, value).stdout)).toBeLessThan(figure(plain.stdout) - 0.05);
  });

  test('gives the same figure for the same seed, and another series for another', () => {
    expect(pipeline('again').stdout).toBe(plain.stdout);
    expect(pipeline('seed', '--random-state', '9').stderr).not.toBe(plain.stderr);
  });

  test.each([
    [['--nois', '3'], 'Unknown option'],
    [['--noise', 'loud'], '--noise: expected a number of 0 or more, got "loud"'],
    [['--random-state', '0.5'], 'randomState: expected a whole number'],
  ])('refuses %j with exit code 2 and no accuracy', (flags, message) => {
    const { status, stdout, stderr } = pipeline('refused', ...flags);
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    expect(stderr).toContain(message);
  });
});

describe('model-testing.ts', () => {
  const run = (script: string, out: string) =>
    spawnSync(process.execPath, [join(lab, script), '--out', out], { encoding: 'utf8' });

  test('names file, line and column of a damaged data file, and prints no accuracy', () => {
    const out = join(scratch, 'damaged');
    cpSync(join(scratch, 'plain'), out, { recursive: true });
    appendFileSync(join(out, 'scaled/test/noisy.csv'), '1460,0.1,0.2,0.3,warm\n');
    const { status, stdout, stderr } = run('model-testing.ts', out);
    expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
    expect(stderr).toMatch(/^ERR_CSV: .*noisy\.csv:366, column "temperature": expected a number, got "warm"/m);
  });

  test('says which step is missing when there is nothing to test', () => {
    const { status, stdout, stderr } = run('model-testing.ts', join(scratch, 'nothing'));
    expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
    expect(stderr).toContain('ERR_FILE_READ');
  });
});
