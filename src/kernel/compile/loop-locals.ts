import type { NameKind } from './declarations.ts';
import type { Edits } from './edits.ts';
import { child, forEachChild, isFunction, type Node, nameOf } from './node.ts';
import type { DeclaredNames } from './redirect.ts';
import type { Reference } from './references.ts';
import { declaredNames } from './scopes.ts';

/** What must be known of the notebook to keep names in locals. */
export interface CapturedNames extends DeclaredNames {
  /** Names that functions and classes of earlier cells use. */
  readonly captured: ReadonlySet<string>;
}

/** Returns the names that functions and classes of a cell use: whatever calls them later sees these names, too. */
export function capturedNames(references: readonly Reference[]): ReadonlySet<string> {
  return new Set(references.filter(({ isInner }) => isInner).map(({ name }) => name));
}

/**
 * Lets a loop at the top level keep the notebook's names that it changes in locals of its own: V8 holds those in registers,
 * but writes a name of the notebook to memory in each round. Nobody can tell, since only names are kept that no function
 * of the notebook uses, and nothing but the loop runs before it ends. It gives the values back when it ends, also by an
 * error. A loop that V8 terminates never comes to its end; so in each round it looks whether an interrupt wants it to
 * (`$cell.haltMark`). That leaves the loop by a `break`, since a call or an assignment there would cost its speed.
 *
 * Returns the name of the local for each reference that is led to one. To be called before anything else is wrapped.
 *
 * @param captured see `capturedNames`
 */
export function keepLoopLocals(
  program: Node,
  references: readonly Reference[],
  captured: ReadonlySet<string>,
  edits: Edits,
  notebook: CapturedNames,
): ReadonlyMap<Reference, string> {
  const locals = new Map<Reference, string>();
  const found = outermostLoops(program);
  if (found.length === 0) return locals;
  const isCaptured = (name: string): boolean => captured.has(name) || notebook.captured.has(name);
  // What is evaluated can use any name.
  if (EVALUATORS.some((name) => isCaptured(name) || references.some((reference) => reference.name === name)))
    return locals;
  const own = variableKinds(program);
  const isVariable = (name: string): boolean => {
    const kind = own.get(name) ?? notebook.declared.get(name);
    return (kind === 'let' || kind === 'var') && !notebook.builtins.has(name);
  };

  for (const { whole, loops } of found) {
    const inside = references.filter(({ start, end }) => start >= whole.start && end <= whole.end);
    const changed = inside.filter(({ kind }) => kind === 'write' || kind === 'declare').map(({ name }) => name);
    const names = [...new Set(changed)].filter((name) => isVariable(name) && !isCaptured(name));
    if (names.length === 0) continue;
    for (const reference of inside) if (names.includes(reference.name)) locals.set(reference, localOf(reference.name));
    const giveBack = names.map((name) => `${name}=${localOf(name)};`).join('');
    const take = names.map((name) => `${localOf(name)}=${name}`).join();
    const before = `{const ${MARK}=$cell.haltMark;let ${take};try{${LABEL}:`;
    edits.wrap(whole.start, whole.end, before, `}finally{${giveBack}}if(${IS_HALTED})$cell.halt();}`);
    for (const loop of loops) leaveWhenHalted(child(loop, 'body'), edits);
  }
  return locals;
}

const MARK = 'mark$cell';
const LABEL = 'loop$cell';
const IS_HALTED = `${MARK}[0]!==0`;

const EVALUATORS = ['eval', 'Function'];

function localOf(name: string): string {
  return `${name}$cell`;
}

function leaveWhenHalted(body: Node, edits: Edits): void {
  const code = `if(${IS_HALTED})break ${LABEL};`;
  if (body.type === 'BlockStatement') edits.insert(body.start + 1, code);
  else edits.wrap(body.start, body.end, `{${code}`, '}');
}

/** A loop that is in no other, with its labels, and the loops that it consists of. */
interface OutermostLoop {
  readonly whole: Node;
  readonly loops: readonly Node[];
}

/** Returns the outermost of the loops in which nothing else can run or be awaited, and which no function holds. */
function outermostLoops(program: Node): OutermostLoop[] {
  const found: OutermostLoop[] = [];
  const visit = (node: Node): void => {
    if (isFunction(node) || node.type.startsWith('Class') || node.type.startsWith('TS')) return;
    const loop = node.type === 'LabeledStatement' ? labelled(node) : node;
    if (LOOPS.has(loop.type)) {
      const loops = loopsOf(loop);
      if (loops !== undefined) return void found.push({ whole: node, loops });
    }
    forEachChild(loop, visit);
  };
  visit(program);
  return found;
}

const LOOPS = new Set(['ForStatement', 'ForInStatement', 'ForOfStatement', 'WhileStatement', 'DoWhileStatement']);

/** What lets other code run in between, outlives the loop, or may take long in a single round, in which nobody looks at the mark. */
const OBSTACLES = new Set([
  'AwaitExpression',
  'YieldExpression',
  'CallExpression',
  'NewExpression',
  'TaggedTemplateExpression',
  'ImportExpression',
  'TSEnumDeclaration',
  'TSModuleDeclaration',
]);

/** Objects whose methods are quick. */
const QUICK = new Set(['Math', 'Number']);

function isObstacle(node: Node): boolean {
  if (node.type !== 'CallExpression') return OBSTACLES.has(node.type);
  const callee = child(node, 'callee');
  const object = callee.type === 'MemberExpression' ? child(callee, 'object') : callee;
  return object.type !== 'Identifier' || object === callee || !QUICK.has(nameOf(object));
}

/** Returns a loop and those inside it; `undefined` when there is a function, a class, a call or an `await` among them. */
function loopsOf(loop: Node): Node[] | undefined {
  const loops: Node[] = [];
  let isClear = true;
  const visit = (node: Node): void => {
    const isUsing = node.type === 'VariableDeclaration' && String(node['kind']).endsWith('using');
    if (isFunction(node) || node.type.startsWith('Class') || isObstacle(node)) isClear = false;
    if (node['await'] === true || isUsing) isClear = false;
    if (LOOPS.has(node.type)) loops.push(node);
    if (isClear) forEachChild(node, visit);
  };
  visit(loop);
  return isClear ? loops : undefined;
}

function labelled(node: Node): Node {
  const body = child(node, 'body');
  return body.type === 'LabeledStatement' ? labelled(body) : body;
}

/** Returns how the cell itself declares its variables: those at the top, and `var` anywhere. */
function variableKinds(program: Node): Map<string, NameKind> {
  const kinds = new Map<string, NameKind>();
  const visit = (node: Node, isTop: boolean): void => {
    if (isFunction(node) || node.type.startsWith('Class')) return;
    if (node.type === 'VariableDeclaration' && (isTop || node['kind'] === 'var'))
      for (const name of declaredNames(node)) kinds.set(name, node['kind'] as NameKind);
    const isTransparent = node.type === 'Program' || node.type === 'ExportNamedDeclaration';
    forEachChild(node, (part) => visit(part, isTransparent));
  };
  visit(program, true);
  return kinds;
}
