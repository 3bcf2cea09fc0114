import { chmodSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { type Random, random } from 'labmill';

/** A working tree, and what is to be tracked in it. */
export interface GeneratedTree {
  readonly files: readonly GeneratedFile[];
  /** Folders with nothing in them. */
  readonly folders: readonly string[];
  /** Texts of `.dvcignore` files by folder. */
  readonly ignores: Readonly<Record<string, string>>;
  readonly targets: readonly string[];
}

interface GeneratedFile {
  readonly path: string;
  readonly content: Buffer;
  readonly isExec: boolean;
  /** The file is a link to another. */
  readonly linkTo?: string;
}

/** Names that are special to YAML, JSON, gitignore, a shell, or a sort. */
const names = (
  'data.csv|a b|a  b|é|e\u0301|日本語.txt|😀|\ue000|-dash|#hash|it\'s "q"|a: b|[x]|{y}|*star|q?|!bang|a\\b|~|null|true|' +
  '1_000|0x1f|1e5|2001-01-01|.hidden|UPPER|x.dvc.txt|a,b|%41|tab\there|del\x7f|keep.tmp|gone.tmp|build|__proto__|' +
  `constructor|@at|\`b\`|&amp|${'w'.repeat(90)}`
).split('|');

/** Not names of what is tracked: some rule ignores them, or DVC itself loses the `?` and the tab when it reads a git revision. */
const insideOnly = new Set(['keep.tmp', 'gone.tmp', 'build', 'UPPER', 'é', 'e\u0301', '#hash', 'q?', 'tab\there']);

const ignoreTexts = [
  '*.tmp\n',
  '*.tmp\n!keep.tmp\n',
  'build\n# comment\n',
  'build/\n',
  '**/UPPER\n',
  '/root/only\n',
  'é*\n\\#hash\n',
];

/** Returns a tree that is the same for the same number: nested, odd names, empty and executable files, ignore rules. */
export function generateTree(seed: number): GeneratedTree {
  const source = random(seed);
  const pick = <T>(values: readonly T[]): T => values[source.integer(0, values.length)]!;
  const free = source.shuffle(names.filter((name) => !insideOnly.has(name)));
  const files: GeneratedFile[] = [];
  const folders: string[] = [];
  const targets: string[] = [];
  for (let i = source.integer(1, 4); i > 0; i--) {
    const name = `${pick(['', '', 'sub/', 'sub/deep é/'])}${free.pop()!}`;
    targets.push(name);
    if (source.uniform() < 0.4) files.push(file(source, name));
    else for (const path of treeBelow(source)) files.push(file(source, `${name}/${path}`));
    if (!files.some(({ path }) => path === name)) folders.push(name);
  }
  if (source.uniform() < 0.2) {
    folders.push('empty');
    targets.push('empty');
  }
  const inside = files.find(
    ({ path }) => path.includes('/') && targets.some((target) => path.startsWith(`${target}/`)),
  );
  if (inside !== undefined && source.uniform() < 0.3) {
    files.push({ ...inside, path: `${inside.path}.link`, linkTo: inside.path, isExec: false });
  }
  const ignores = source.uniform() < 0.5 ? { '': pick(ignoreTexts) } : {};
  const below = targets.some((target) => target.startsWith('sub/')) && source.uniform() < 0.5;
  return { files, folders, targets, ignores: below ? { ...ignores, sub: pick(ignoreTexts) } : ignores };
}

/** Writes a tree into a folder. */
export function writeTree(folder: string, { files, folders, ignores }: GeneratedTree): void {
  for (const path of folders) mkdirSync(join(folder, path), { recursive: true });
  for (const { path, content, isExec, linkTo } of files) {
    const target = join(folder, path);
    mkdirSync(dirname(target), { recursive: true });
    if (linkTo === undefined) writeFileSync(target, content);
    else symlinkSync(join(folder, linkTo), target);
    if (isExec) chmodSync(target, 0o755);
  }
  for (const [path, text] of Object.entries(ignores)) writeFileSync(join(folder, path, '.dvcignore'), text);
}

/** Returns some paths, none of which is a folder of another. */
function treeBelow(source: Random): string[] {
  const free = source.shuffle(names);
  const folders = ['', `${free.pop()!}/`, `${free.pop()!}/${free.pop()!}/`];
  return Array.from({ length: source.integer(0, 12) }, () => `${folders[source.integer(0, 3)]!}${free.pop()!}`);
}

function file(source: Random, path: string): GeneratedFile {
  const size = [0, 1, 10, 1000, 70_000][source.integer(0, 5)]!;
  // Few letters: some files are equal, and some have line ends of both kinds.
  const content = Buffer.from(Array.from({ length: size }, () => 'ab\r\n\0'.charCodeAt(source.integer(0, 5))));
  return { path, content, isExec: source.uniform() < 0.2 };
}
