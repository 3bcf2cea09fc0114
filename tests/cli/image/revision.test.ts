import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { readRevision } from '../../../src/cli/image/revision.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { aRepository, git } from './fake-engines.ts';

describe('readRevision', () => {
  test('gives commit and branch of a clean tree', async () => {
    const { folder, sha } = aRepository();
    expect(await readRevision(folder, {})).toEqual({ sha, branch: 'main', isDirty: false });
  });

  test.each([
    ['a changed file', 'package.json'],
    ['a file that git does not know', 'new.txt'],
  ])('says that a tree with %s is dirty', async (_what, file) => {
    const { folder } = aRepository();
    writeFileSync(join(folder, file), 'other');
    expect(await readRevision(folder, {})).toMatchObject({ isDirty: true });
  });

  test.each([
    ['none', {}, undefined],
    ['GitHub', { GITHUB_REF_NAME: 'main' }, 'main'],
    ['GitHub, for a pull request', { GITHUB_REF_NAME: '7/merge', GITHUB_HEAD_REF: 'gate' }, 'gate'],
    ['GitLab', { CI_COMMIT_REF_NAME: 'gate' }, 'gate'],
    ['Jenkins', { GIT_BRANCH: 'origin/feature/gate' }, 'feature/gate'],
    ['Jenkins, multibranch', { BRANCH_NAME: 'PR-7', GIT_BRANCH: 'PR-7' }, 'PR-7'],
    ['one whose variable is empty', { GITHUB_HEAD_REF: '', GITHUB_REF_NAME: 'main' }, 'main'],
  ])('takes the branch of a detached HEAD from the CI server: %s', async (_server, env, branch) => {
    const { folder, sha } = aRepository();
    git(folder, 'checkout', '--quiet', '--detach');
    expect(await readRevision(folder, env)).toEqual({ sha, branch, isDirty: false });
  });

  test('believes git rather than the CI server when HEAD is on a branch', async () => {
    expect(await readRevision(aRepository().folder, { GITHUB_REF_NAME: 'other' })).toMatchObject({ branch: 'main' });
  });

  test('refuses a folder outside git', async () => {
    const error = {
      code: 'ERR_INVALID_ARGUMENT',
      message: expect.stringMatching(/expected a git repository.*not a git/),
    };
    await expect(readRevision(temporaryFolder(), {})).rejects.toMatchObject(error);
  });

  test('refuses a repository without a commit', async () => {
    const folder = temporaryFolder();
    git(folder, 'init', '--quiet');
    await expect(readRevision(folder, {})).rejects.toThrow('there is no commit yet');
  });
});
