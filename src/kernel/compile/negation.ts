import { parseSync } from 'oxc-parser';
import { forEachChild, type Node } from './node.ts';
import { analyseScope } from './references.ts';

/** What no command line contains, and what would not be written for its value alone. */
const ACTIONS = new Set([
  'ArrowFunctionExpression',
  'AwaitExpression',
  'CallExpression',
  'FunctionExpression',
  'NewExpression',
]);

/** Words that begin an expression of which the line has only the first part. */
const EXPRESSION_WORDS = new Set(['async', 'await', 'class', 'function', 'new', 'this', 'typeof', 'void']);

/** What nobody declares: the exit code of the last command is the kernel's own. */
const ALWAYS_KNOWN = new Set(['_exitCode', 'arguments', 'undefined']);

/**
 * Returns the names that must be known for `!…` to negate something rather than to run a command; none are needed where
 * it calls or makes a function. `undefined` where it can only be a command: it is no TypeScript, nor the first line of any,
 * or it begins with a constant (`!"a program"`, `!/usr/bin/env`, `!true`) that nothing assigns.
 */
export function namesOfNegation(code: string, isAssigned = false): readonly string[] | undefined {
  if (!isAssigned && /^!\s*(?:["'`\d/]|(?:true|false|null)\b)/.test(code)) return undefined;
  const readings = ['cell.ts', 'cell.tsx'].map((file) => parseSync(file, code, { sourceType: 'module' }));
  const program = readings.find(({ errors }) => errors.length === 0)?.program as Node | undefined;
  if (program !== undefined) {
    const names = hasAction(program) ? [] : analyseScope(program).references.map(({ name }) => name);
    return names.filter((name) => !ALWAYS_KNOWN.has(name));
  }
  const end = code.trimEnd().length;
  if (readings.every(({ errors }) => (errors[0]?.labels[0]?.start ?? 0) < end)) return undefined;
  const word = /^[!(\s]*([\p{ID_Start}$_][\p{ID_Continue}$]*)/u.exec(code)?.[1];
  return word === undefined || EXPRESSION_WORDS.has(word) ? [] : [word];
}

function hasAction(node: Node): boolean {
  let found = ACTIONS.has(node.type);
  forEachChild(node, (part) => {
    found ||= hasAction(part);
  });
  return found;
}
