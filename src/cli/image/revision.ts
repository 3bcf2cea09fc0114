import { InvalidArgumentError } from '../../base/errors.ts';

/** The commit that an image is made from. */
export interface Revision {
  /** The commit's hash, in full. */
  readonly sha: string;
  /** The branch; undefined when HEAD is on none and no CI server names one. */
  readonly branch?: string | undefined;
  /** Whether the folder differs from the commit; a file that git neither knows nor ignores counts, too. */
  readonly isDirty: boolean;
}

/** Where CI servers, which check out a commit rather than a branch, say which branch it is: Jenkins, GitHub, GitLab. */
const branchVariables = ['BRANCH_NAME', 'GIT_BRANCH', 'GITHUB_HEAD_REF', 'GITHUB_REF_NAME', 'CI_COMMIT_REF_NAME'];

/**
 * Returns what git says about the commit of a folder; on a detached HEAD, the branch is what a CI server's variable says.
 *
 * @throws InvalidArgumentError when the folder is in no git repository, or in one without a commit
 */
export async function readRevision(
  folder: string,
  env: Readonly<Record<string, string | undefined>> = process.env,
): Promise<Revision> {
  const { execa } = await import('execa');
  const status = ['status', '--porcelain=v2', '--branch'];
  const { exitCode, stdout, stderr, shortMessage } = await execa('git', status, { cwd: folder, reject: false });
  if (exitCode !== 0) throw noCommit(folder, stderr === '' ? shortMessage : stderr);
  const lines = stdout.split('\n');
  const header = (key: string): string | undefined =>
    lines.find((line) => line.startsWith(`# branch.${key} `))?.slice(`# branch.${key} `.length);
  const sha = header('oid');
  if (sha === undefined || sha === '(initial)') throw noCommit(folder, 'there is no commit yet');
  const head = header('head');
  return {
    sha,
    branch: head === '(detached)' ? branchOfServer(env) : head,
    isDirty: lines.some((line) => line !== '' && !line.startsWith('# ')),
  };
}

function branchOfServer(env: Readonly<Record<string, string | undefined>>): string | undefined {
  const name = branchVariables.map((variable) => env[variable]).find((value) => value !== undefined && value !== '');
  // Jenkins' git plugin names the branch as the clone knows it.
  return name?.replace(/^origin\//, '');
}

function noCommit(folder: string, reason: string | undefined): InvalidArgumentError {
  return new InvalidArgumentError(
    `${folder}: expected a git repository, since branch and commit make the image's tag: ${reason?.trim()}`,
  );
}
