import { forEachChild, isFunction, list, type Node, nameOf, optionalChild } from './node.ts';

/** What is wrong in a program, and where. */
interface EarlyError {
  readonly message: string;
  readonly start: number;
}

/** What a look at every node of a program finds. */
export interface ProgramSurvey {
  /** The first thing that must not be in a cell and that the parser lets through. */
  readonly error: EarlyError | undefined;
  /** Whether there are decorators or `accessor` fields, which Node does not have yet. */
  readonly hasDecorators: boolean;
  /** Where the first JSX begins, if there is any. */
  readonly jsx: number | undefined;
}

/** Looks for what the parser accepts and Node would not, for decorators and for JSX. */
export function surveyProgram(program: Node): ProgramSurvey {
  let error: EarlyError | undefined;
  let hasDecorators = false;
  let jsx: number | undefined;
  const visit = (node: Node, parent: Node): void => {
    if (error !== undefined) return;
    switch (node.type) {
      case 'Decorator':
      case 'AccessorProperty':
        hasDecorators = true;
        break;
      case 'JSXElement':
      case 'JSXFragment':
        jsx ??= node.start;
        break;
      case 'ClassDeclaration':
      case 'TSModuleDeclaration':
        if (node['declare'] === true) return;
        break;
      default:
        error = objection(node, parent);
    }
    if (error === undefined) forEachChild(node, (part) => visit(part, node));
  };
  visit(program, program);
  return { error, hasDecorators, jsx };
}

function objection(node: Node, parent: Node): EarlyError | undefined {
  const here = (message: string): EarlyError => ({ message, start: node.start });
  switch (node.type) {
    case 'TSExportAssignment':
      return here('`export =` is not supported: a cell is an ES module');
    case 'ImportDeclaration':
    case 'ExportNamedDeclaration':
    case 'ExportDefaultDeclaration':
    case 'ExportAllDeclaration':
    case 'TSImportEqualsDeclaration':
      if (!MODULE_PLACES.has(parent.type)) return here('`import` and `export` are allowed at the top level only');
      return unsupportedPhase(node);
    case 'ImportExpression':
      return unsupportedPhase(node);
    case 'Literal':
      return invalidPattern(node);
    case 'Program':
    case 'StaticBlock':
      return repeatedFunction(list(node, 'body'));
    case 'BlockStatement':
      // A function's body may declare a function twice.
      return isFunction(parent) ? undefined : repeatedFunction(list(node, 'body'));
    case 'SwitchStatement':
      return repeatedFunction(list(node, 'cases').flatMap((clause) => list(clause, 'consequent')));
    case 'TSModuleBlock':
      return namespaceExports(node);
    case 'FunctionDeclaration':
    case 'FunctionExpression':
    case 'ArrowFunctionExpression':
      return decoratedParameter(node);
    default:
      return undefined;
  }
}

const MODULE_PLACES = new Set(['Program', 'TSModuleBlock', 'ExportNamedDeclaration']);

function unsupportedPhase(node: Node): EarlyError | undefined {
  if (typeof node['phase'] !== 'string') return undefined;
  return { message: `\`import ${node['phase']}\` is not supported: Node does not have it yet`, start: node.start };
}

function invalidPattern(literal: Node): EarlyError | undefined {
  const regex = literal['regex'] as { pattern: string; flags: string } | null | undefined;
  if (regex === undefined || regex === null) return undefined;
  try {
    new RegExp(regex.pattern, regex.flags).test('');
    return undefined;
  } catch (error) {
    return { message: (error as Error).message, start: literal.start };
  }
}

function repeatedFunction(statements: readonly Node[]): EarlyError | undefined {
  const names = new Set<string>();
  for (const statement of statements) {
    const node = statement.type.startsWith('Export') ? optionalChild(statement, 'declaration') : statement;
    const id = node?.type === 'FunctionDeclaration' ? optionalChild(node, 'id') : undefined;
    if (id === undefined) continue;
    if (names.has(nameOf(id)))
      return { message: `Identifier \`${nameOf(id)}\` has already been declared`, start: id.start };
    names.add(nameOf(id));
  }
  return undefined;
}

function namespaceExports(block: Node): EarlyError | undefined {
  const exported = list(block, 'body').find(
    (statement) => statement.type === 'ExportNamedDeclaration' && optionalChild(statement, 'declaration') === undefined,
  );
  return exported && { message: 'a namespace exports its declarations only: `export const …`', start: exported.start };
}

function decoratedParameter(node: Node): EarlyError | undefined {
  const [decorator] = list(node, 'params').flatMap((parameter) => list(parameter, 'decorators'));
  return (
    decorator && {
      message: "decorators of parameters are not supported: JavaScript's decorators do not have them",
      start: decorator.start,
    }
  );
}
