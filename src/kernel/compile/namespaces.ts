import type { Edits } from './edits.ts';
import { child, isNode, list, type Node, nameOf, optionalChild, startOf } from './node.ts';
import { enumMembers, isTypesOnly, namespacePath, ownerOf } from './scopes.ts';
import { rewriteVariables } from './variables.ts';

/** Where the object of an enum or a namespace is kept. */
export interface ObjectPlace {
  /** Code before it that declares the name, if it is not declared yet. */
  readonly declaration: string;
  /** Code that gives the object, and makes it where it is not there. */
  readonly object: string;
}

/**
 * Turns an enum into a function that is called with its object, in place:
 * `enum A { B, C = f() }` → `((A$cell)=>{ A$cell[A$cell["B"]=0]="B"; … })(A??={});`
 */
export function rewriteEnum(node: Node, edits: Edits, { declaration, object }: ObjectPlace): void {
  const self = ownerOf(nameOf(child(node, 'id')));
  const body = child(node, 'body');
  edits.wrap(node.start, node.end, '', `)(${object});`);
  let end = body.start + 1;
  edits.blank(node.start, end, `${declaration};((${self})=>{`);
  let next = '0';
  for (const { member, name } of enumMembers(node)) {
    const key = JSON.stringify(name);
    const value = optionalChild(member, 'initializer');
    edits.blank(end, member.start);
    if (value === undefined) edits.blank(member.start, member.end, `${self}[${self}[${key}]=${next}]=${key};`);
    else {
      // Names are given back for numbers only.
      edits.wrap(value.start, value.end, '', ');');
      edits.blank(member.start, value.start, `((v)=>typeof v==="string"||(${self}[v]=${key}))(${self}[${key}]=`);
      edits.blank(value.end, member.end);
    }
    next = `${self}[${key}]+1`;
    end = member.end;
  }
  edits.blank(end, body.end - 1);
}

/**
 * Turns a namespace into a function that is called with its object, in place. What it exports are properties of the object:
 * `namespace A { export const b = 1 }` → `((A$cell)=>{ void(A$cell.b = 1); })(A??={});`
 * (The uses of `b` are renamed where all references are.)
 */
export function rewriteNamespace(node: Node, edits: Edits, { declaration, object }: ObjectPlace): void {
  const body = child(node, 'body');
  const path = namespacePath(child(node, 'id'));
  const heads = path.map((name, index) => `${index === 0 ? `${declaration};` : `{let ${name};`}((${ownerOf(name)})=>`);
  const tails = path.map((name, index) =>
    index === 0 ? `)(${object});` : `)(${name}=${ownerOf(path[index - 1]!)}.${name}??={});}`,
  );
  edits.wrap(node.start, node.end, '', tails.toReversed().join(''));
  edits.blank(node.start, body.start, heads.join(''));
  rewriteStatements(list(body, 'body'), edits, { code: ownerOf(path.at(-1)!), start: body.start + 1 });
}

/** Rewrites the enums that stand in functions and blocks. */
export function rewriteInnerEnums(node: Node, edits: Edits): void {
  if (node.type === 'TSModuleDeclaration') return;
  for (const key in node) {
    const value = node[key];
    if (Array.isArray(value)) rewriteStatements(list(node, key), edits, undefined);
    else if (isNode(value)) rewriteInnerEnums(value, edits);
  }
}

/** The object of the namespace whose statements are rewritten, as code, and where its block begins. */
interface Owner {
  readonly code: string;
  readonly start: number;
}

function rewriteStatements(statements: readonly Node[], edits: Edits, owner: Owner | undefined): void {
  const declared = new Set<string>();
  for (const statement of statements) {
    const isExported = statement.type === 'ExportNamedDeclaration' && owner !== undefined;
    const node = isExported ? optionalChild(statement, 'declaration') : statement;
    if (node === undefined || node['declare'] === true || statement['exportKind'] === 'type') continue;
    if (isExported) edits.blank(statement.start, startOf(node));
    switch (node.type) {
      case 'TSEnumDeclaration':
      case 'TSModuleDeclaration': {
        if (isTypesOnly(node)) break;
        const name = namespacePath(child(node, 'id'))[0]!;
        const declaration = declared.has(name) ? '' : `let ${name};`;
        const object = isExported ? `${name}=${owner.code}.${name}??={}` : `${name}??={}`;
        const rewrite = node.type === 'TSEnumDeclaration' ? rewriteEnum : rewriteNamespace;
        rewrite(node, edits, { declaration, object });
        declared.add(name);
        break;
      }
      case 'TSImportEqualsDeclaration':
        if (node['importKind'] !== 'type') rewriteAlias(node, edits, isExported ? '' : 'const ');
        break;
      case 'FunctionDeclaration':
      case 'ClassDeclaration': {
        const name = nameOf(child(node, 'id'));
        declared.add(name);
        rewriteInnerEnums(node, edits);
        if (!isExported) break;
        const export_ = `${owner.code}.${name}=${name};`;
        if (node.type === 'FunctionDeclaration') edits.insert(owner.start, export_);
        else edits.wrap(node.start, node.end, '', `;${export_}`);
        break;
      }
      default:
        if (isExported && node.type === 'VariableDeclaration') rewriteVariables(node, edits, true);
        rewriteInnerEnums(node, edits);
    }
  }
}

/** Turns `import A = B.C` into an assignment, or with `const ` before it into a constant, in place. */
export function rewriteAlias(node: Node, edits: Edits, keyword: string): void {
  const target = child(node, 'moduleReference');
  edits.wrap(target.start, node.end, '', edits.source[node.end - 1] === ';' ? '' : ';');
  edits.blank(node.start, child(node, 'id').start, keyword);
  if (target.type !== 'TSExternalModuleReference') return;
  edits.blank(target.start, child(target, 'expression').start, '$cell.require(');
}
