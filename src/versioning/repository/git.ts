import { relative } from 'node:path';
import { RepositoryError } from '../../base/errors.ts';
import { findUpwards } from './find-root.ts';

/** A file of a git revision. */
export interface GitFile {
  /** Its path from the data repository's root. */
  readonly path: string;
  readonly blob: string;
  readonly isExec: boolean;
  readonly size: number;
}

/** Asks the system's git about the repository around a data repository. */
export class Git {
  /** The top of the working tree. */
  readonly top: string;
  /** The data repository's root, at or below `top`. */
  readonly #root: string;

  private constructor(top: string, root: string) {
    this.top = top;
    this.#root = root;
  }

  /** Returns git for the folder `root`, or nothing when it is in no git repository. */
  static around(root: string): Git | undefined {
    const top = findUpwards(root, '.git');
    return top === undefined ? undefined : new Git(top, root);
  }

  /** Returns those of the paths (from the root) that git tracks, or whose content it tracks. */
  async tracked(paths: readonly string[]): Promise<string[]> {
    if (paths.length === 0) return [];
    const listed = (await this.#run(['ls-files', '-z', '--', ...paths.map((path) => `:(literal)${path}`)])).split('\0');
    return paths.filter((path) => listed.some((file) => file === path || file.startsWith(`${path}/`)));
  }

  /** Returns those of the paths (from the root) that git ignores. */
  async ignored(paths: readonly string[]): Promise<Set<string>> {
    if (paths.length === 0) return new Set();
    const input = paths.join('\0');
    return new Set(
      (await this.#run(['check-ignore', '--no-index', '-z', '--stdin'], { input, ok: [0, 1] })).split('\0'),
    );
  }

  /**
   * Returns the files of a revision that are below the root.
   *
   * @throws RepositoryError when there is no such revision
   */
  async files(rev: string): Promise<GitFile[]> {
    const commit = await this.commit(rev);
    const listing = await this.#run(['ls-tree', '-r', '-z', '-l', commit]);
    return listing.split('\0').flatMap((line) => {
      const [, mode, type, blob, size, path] = /^(\d+) (\w+) ([0-9a-f]+) +(\d+|-)\t(.*)$/s.exec(line) ?? [];
      if (type !== 'blob' || blob === undefined || path === undefined) return [];
      return { path, blob, isExec: mode === '100755', size: Number(size) };
    });
  }

  /** Returns the folders of a revision that are below the root, with the sizes of their listings, which DVC shows. */
  async folders(rev: string): Promise<{ readonly path: string; readonly size: number }[]> {
    const listing = await this.#run(['ls-tree', '-r', '-d', '-z', await this.commit(rev)]);
    const trees = listing.split('\0').flatMap((line) => {
      const [, id, path] = /^\d+ tree ([0-9a-f]+)\t(.*)$/s.exec(line) ?? [];
      return id === undefined || path === undefined ? [] : { id, path };
    });
    if (trees.length === 0) return [];
    const input = `${trees.map(({ id }) => id).join('\n')}\n`;
    const sizes = (await this.#run(['cat-file', '--batch-check=%(objectsize)'], { input })).split('\n');
    return trees.map(({ path }, i) => ({ path, size: Number(sizes[i]) }));
  }

  /** Returns the texts of blobs, in their order. */
  async read(blobs: readonly string[]): Promise<Buffer[]> {
    if (blobs.length === 0) return [];
    const output = await this.#bytes(['cat-file', '--batch'], { input: `${blobs.join('\n')}\n` });
    const contents: Buffer[] = [];
    for (let at = 0; contents.length < blobs.length;) {
      const lineEnd = output.indexOf(10, at);
      const size = Number(output.toString('latin1', at, lineEnd).split(' ')[2]);
      contents.push(output.subarray(lineEnd + 1, lineEnd + 1 + size));
      at = lineEnd + size + 2;
    }
    return contents;
  }

  /**
   * Returns the commit that a revision names.
   *
   * @throws RepositoryError when it names none
   */
  async commit(rev: string): Promise<string> {
    const args = ['rev-parse', '--verify', '--quiet', '--end-of-options', `${rev}^{commit}`];
    const commit = (await this.#run(args, { ok: [0, 1, 128] })).trim();
    if (commit !== '') return commit;
    throw new RepositoryError(`unknown Git revision ${JSON.stringify(rev)}`);
  }

  /** Returns whether there is a commit yet. */
  async hasCommits(): Promise<boolean> {
    return (await this.#run(['rev-parse', '--verify', '--quiet', 'HEAD'], { ok: [0, 1, 128] })).trim() !== '';
  }

  /** Returns the commits of all branches, of all tags, or all there are. */
  async commits(which: 'branches' | 'tags' | 'all'): Promise<string[]> {
    const args =
      which === 'all'
        ? ['rev-list', '--all']
        : ['for-each-ref', '--format=%(refname)', which === 'tags' ? 'refs/tags' : 'refs/heads'];
    const names = (await this.#run(args)).split('\n').filter((line) => line !== '');
    const commits = which === 'all' ? names : await Promise.all(names.map(async (name) => this.commit(name)));
    return [...new Set(commits)];
  }

  /** Returns git's short status, one entry for each path, untracked files among them when asked. */
  async status(untracked: 'no' | 'all'): Promise<{ readonly code: string; readonly path: string }[]> {
    const args = [
      '-c',
      'status.relativePaths=false',
      'status',
      '--porcelain=v1',
      '-z',
      '--no-renames',
      `--untracked-files=${untracked}`,
    ];
    const entries = (await this.#run(args)).split('\0').filter((entry) => entry !== '');
    return entries.map((entry) => ({ code: entry.slice(0, 2), path: entry.slice(3) }));
  }

  /** Stages files, given from the root. */
  async add(paths: readonly string[]): Promise<void> {
    if (paths.length > 0) await this.#run(['add', '--', ...paths]);
  }

  /** Returns a path below the root, given from the top of the working tree, from the root; nothing for others. */
  fromTop(path: string): string | undefined {
    const prefix = relative(this.top, this.#root).replaceAll('\\', '/');
    if (prefix === '') return path;
    return path.startsWith(`${prefix}/`) ? path.slice(prefix.length + 1) : undefined;
  }

  async #run(args: readonly string[], options: RunOptions = {}): Promise<string> {
    return (await this.#bytes(args, options)).toString();
  }

  async #bytes(args: readonly string[], { input, ok = [0] }: RunOptions): Promise<Buffer> {
    // Loading it takes longer than most commands; few need git.
    const { execa } = await import('execa');
    const result = await execa('git', ['--no-optional-locks', ...args], {
      cwd: this.#root,
      encoding: 'buffer',
      stripFinalNewline: false,
      reject: false,
      maxBuffer: 2 ** 30,
      ...(input === undefined ? { stdin: 'ignore' } : { input }),
    });
    if (result.exitCode !== undefined && ok.includes(result.exitCode)) return Buffer.from(result.stdout);
    const reason =
      Buffer.from(result.stderr ?? [])
        .toString()
        .trim() || result.shortMessage;
    throw new RepositoryError(`git ${args[0]}: ${reason}`);
  }
}

interface RunOptions {
  readonly input?: string;
  /** The exit codes that are answers. */
  readonly ok?: readonly number[];
}
