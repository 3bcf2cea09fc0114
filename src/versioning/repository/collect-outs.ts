import { readdirSync, readFileSync, existsSync, type Dirent } from 'node:fs';
import { join } from 'node:path';
import { FileReadError, RepositoryError } from '../../base/errors.ts';
import { type Out, parseDvcFile } from '../format/dvc-file.ts';
import { IgnoreRules } from '../format/ignore-rules.ts';
import { isDirectoryId, type ObjectId } from '../format/object-id.ts';
import { resolveOutPath } from '../format/relpath.ts';
import type { Git } from './git.ts';

/** An output of a `.dvc` file, in the workspace or at a revision. */
export interface TrackedOut {
  /** The `.dvc` file, from the root. */
  readonly dvcFile: string;
  /** The file or folder it describes, from the root. */
  readonly path: string;
  /** What the `.dvc` file says about it. */
  readonly out: Out;
}

/** What a repository tracks, and the rules of its `.dvcignore` files. */
export interface Collected {
  readonly outs: readonly TrackedOut[];
  /** Returns the rules that hold in a folder, and a text that changes when they do. */
  readonly rulesAt: (folder: string) => FolderRules;
}

/** The ignore rules of a folder. */
interface FolderRules {
  readonly text: string;
  readonly rules: IgnoreRules;
}

/** Returns the outputs of one `.dvc` file. */
function parseOuts(text: string, dvcFile: string): TrackedOut[] {
  const { outs, wdir } = parseDvcFile(text, dvcFile);
  return outs.map((out) => ({ dvcFile, path: resolveOutPath(dvcFile, wdir, out.path), out }));
}

/** Collects what the `.dvc` files of the workspace track. Folders that are tracked, or ignored by git or DVC, are not entered. */
export function collectWorkspace(root: string): Collected {
  const outs: TrackedOut[] = [];
  const paths = new Set<string>();
  const rulesByFolder = new Map<string, FolderRules>();
  const visit = (folder: string, above: FolderRules, gitRulesAbove: IgnoreRules): void => {
    const entries = readFolder(root, folder);
    const names = new Set(entries.map(({ name }) => name));
    const here = names.has('.dvcignore') ? withRules(above, folder, readText(root, join(folder, '.dvcignore'))) : above;
    const gitRules = names.has('.gitignore')
      ? gitRulesAbove.with(folder, readText(root, join(folder, '.gitignore')))
      : gitRulesAbove;
    rulesByFolder.set(folder, here);
    const isSeen = (path: string, isDirectory: boolean): boolean =>
      !here.rules.ignores(path, isDirectory) && !gitRules.ignores(path, isDirectory);
    const children = entries.map((entry) => ({ entry, path: folder === '' ? entry.name : `${folder}/${entry.name}` }));
    for (const { entry, path } of children) {
      if (!entry.name.endsWith('.dvc') || entry.name === '.dvc' || entry.isDirectory() || !isSeen(path, false))
        continue;
      const found = parseOuts(readText(root, path), path);
      for (const out of found) paths.add(out.path);
      outs.push(...found);
    }
    for (const { entry, path } of children) {
      if (!entry.isDirectory() || paths.has(path) || !isSeen(path, true)) continue;
      // A repository within the repository looks after itself.
      if (existsSync(join(root, path, '.dvc'))) continue;
      visit(path, here, gitRules);
    }
  };
  visit('', { text: '', rules: IgnoreRules.root() }, IgnoreRules.root());
  return { outs: inOrder(outs), rulesAt: (folder) => rulesAt(folder, rulesByFolder) };
}

/** Collects what the `.dvc` files of a git revision track. */
export async function collectRevision(git: Git, rev: string): Promise<TrackedOut[]> {
  const files = (await git.files(rev)).filter(({ path }) => /[^/]\.dvc$/.test(path) && !/(^|\/)\.dvc\//.test(path));
  const texts = await git.read(files.map(({ blob }) => blob));
  return inOrder(files.flatMap(({ path }, i) => parseOuts(texts[i]!.toString(), path)));
}

/**
 * Returns an output's object.
 *
 * @throws RepositoryError for one of DVC 2, which hashed texts in a way of its own
 */
export function objectOf({ out, dvcFile }: TrackedOut): ObjectId | undefined {
  if (out.md5 === undefined || out.hash === 'md5') return out.md5;
  throw new RepositoryError(
    `${dvcFile}: an entry of DVC 2 (without "hash: md5"), which is not read; "dvc cache migrate --dvc-files" rewrites it`,
  );
}

/** Returns whether an output is a folder, as far as its `.dvc` file says. */
export function isFolder({ out }: TrackedOut): boolean {
  return out.md5 !== undefined && isDirectoryId(out.md5);
}

/** Returns the rules of a folder that may lie within a tracked or ignored one, where no `.dvcignore` counts. */
function rulesAt(folder: string, known: Map<string, FolderRules>): FolderRules {
  const rules = known.get(folder);
  if (rules !== undefined) return rules;
  const above = folder.includes('/') ? folder.slice(0, folder.lastIndexOf('/')) : '';
  const found = rulesAt(above, known);
  known.set(folder, found);
  return found;
}

function withRules({ text, rules }: FolderRules, folder: string, more: string): FolderRules {
  const extended = rules.with(folder, more);
  return extended === rules ? { text, rules } : { text: `${text}\n${folder}\n${more}`, rules: extended };
}

function readFolder(root: string, folder: string): Dirent[] {
  try {
    return readdirSync(join(root, folder), { withFileTypes: true });
  } catch (cause) {
    throw new FileReadError(`${folder}: could not be read: ${(cause as Error).message}`, { cause });
  }
}

function readText(root: string, path: string): string {
  try {
    return readFileSync(join(root, path), 'utf8');
  } catch (cause) {
    throw new FileReadError(`${path}: could not be read: ${(cause as Error).message}`, { cause });
  }
}

function inOrder(outs: readonly TrackedOut[]): TrackedOut[] {
  return outs.toSorted((a, b) => (a.path < b.path ? -1 : 1));
}
