import { ignorePattern } from './ignore-pattern.ts';

/** A run of patterns that decide the same. */
interface Group {
  readonly isIgnored: boolean;
  readonly forDirectories: boolean;
  readonly patterns: readonly RegExp[];
}

/** What no data set contains: the folders of git, Mercurial and DVC. */
const alwaysIgnored = ['.hg/', '.git/', '.git', '.dvc/'];

/** The text of the `.dvcignore` that a new repository gets. */
export const newDvcIgnore = `# Add patterns of files dvc should ignore, which could improve
# the performance. Learn more at
# https://dvc.org/doc/user-guide/dvcignore
`;

/**
 * Which files of a repository DVC does not see: the rules of `.dvcignore` files, in gitignore's syntax, as DVC reads them.
 * The rules of a folder are those of its parent and its own; paths go from the root, with forward slashes.
 */
export class IgnoreRules {
  readonly #rules: readonly string[];
  readonly #groups: readonly Group[];

  private constructor(rules: readonly string[]) {
    this.#rules = rules;
    this.#groups = toGroups(rules);
  }

  /** Returns the rules of a repository without a `.dvcignore`. */
  static root(): IgnoreRules {
    return new IgnoreRules(alwaysIgnored);
  }

  /** Returns the rules that hold from `directory` on (`''` is the root) when it has a `.dvcignore` with this text. */
  with(directory: string, text: string): IgnoreRules {
    const own = text.split(/\r\n|\r|\n/).map((line) => line.trim());
    const rules = own.filter((line) => line !== '' && !line.startsWith('#'));
    return rules.length === 0
      ? this
      : new IgnoreRules([...this.#rules, ...rules.map((rule) => rebase(rule, directory))]);
  }

  /** Returns the rules that also leave out a folder which is a DVC repository of its own. */
  withoutRepository(path: string): IgnoreRules {
    return new IgnoreRules([...this.#rules, `/${path}/`]);
  }

  /** Returns whether an entry is ignored whose folders are not, as a walk from the root asks. */
  ignores(path: string, isDirectory: boolean): boolean {
    const spellings = isDirectory ? [path, `${path}/`] : [path];
    for (const { isIgnored, forDirectories, patterns } of this.#groups) {
      if (forDirectories && !isDirectory) continue;
      if (patterns.some((pattern) => spellings.some((spelling) => pattern.test(spelling)))) return isIgnored;
    }
    return false;
  }

  /** Returns whether a path is ignored, or a folder it is in. */
  ignoresPath(path: string, isDirectory: boolean): boolean {
    const parts = path.split('/');
    return parts.some((_, index) => {
      const isLast = index === parts.length - 1;
      return this.ignores(parts.slice(0, index + 1).join('/'), isDirectory || !isLast);
    });
  }
}

/** Returns the groups with the last first: the last pattern that matches decides. */
function toGroups(rules: readonly string[]): Group[] {
  const groups: { isIgnored: boolean; forDirectories: boolean; patterns: RegExp[] }[] = [];
  for (const rule of rules) {
    const isIgnored = !rule.startsWith('!');
    const forDirectories = rule.endsWith('/');
    const pattern = ignorePattern(isIgnored ? rule : rule.slice(1));
    if (pattern === undefined) continue;
    const last = groups.at(-1);
    if (last?.isIgnored === isIgnored && last.forDirectories === forDirectories) last.patterns.push(pattern);
    else groups.push({ isIgnored, forDirectories, patterns: [pattern] });
  }
  return groups.toReversed();
}

/** Returns the rule of a folder's file as a rule of the root's, by DVC's rewriting. */
function rebase(rule: string, directory: string): string {
  if (directory === '') return rule;
  const sign = rule.startsWith('!') ? '!' : '';
  const pattern = rule.slice(sign.length);
  const isAnchored = pattern.slice(0, -1).includes('/') && !pattern.startsWith('**/');
  const below = (isAnchored ? pattern.replace(/^\//, '') : pattern.replace(/^\*\*\//, '')).replace(/^\\/, '');
  return `${sign}/${directory}/${isAnchored ? '' : '**/'}${below}`;
}
