import { parseSync } from 'oxc-parser';
import { child, list, type Node } from '../node.ts';
import { analyseScope } from '../references.ts';

/** What reads as an expression and is meant for the command: a count (`a{2}`), an awk program (`{n += $1}`), JSON. */
const MEANT_AS_TEXT = new Set([
  'AssignmentExpression',
  'Literal',
  'ObjectExpression',
  'SequenceExpression',
  'UpdateExpression',
]);

/** How many closing braces are tried as the end of an expression. */
const MAX_ATTEMPTS = 20;

/**
 * Returns a template of string parts and expressions, as code: `echo {x} $HOME` → `["echo "," $HOME"],[x]`.
 * `{…}` is an expression when it parses as one and every name in it has a value when the line runs; otherwise (awk, brace
 * lists, counts, `${…}`) it stays text.
 */
export function interpolate(text: string): string {
  const parts: string[] = [];
  const expressions: string[] = [];
  let part = '';
  for (let i = 0; i < text.length;) {
    const found = text[i] === '{' && text[i - 1] !== '$' ? expressionBehind(text, i) : undefined;
    if (found === undefined) {
      part += text[i]!;
      i++;
      continue;
    }
    const { code, names } = found;
    const isUndefined = names.map((name) => `typeof ${name}==="undefined"`).join('||');
    const asText = JSON.stringify(`{${code}}`);
    parts.push(part);
    expressions.push(isUndefined === '' ? `(${code})` : `${isUndefined}?${asText}:(${code})`);
    part = '';
    i += code.length + 2;
  }
  parts.push(part);
  return `${JSON.stringify(parts)},[${expressions.join(',')}]`;
}

/** Returns the expression between a brace and the first closing one that makes it one, and the names it needs. */
function expressionBehind(text: string, open: number): { code: string; names: readonly string[] } | undefined {
  let close = open;
  for (let attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
    close = text.indexOf('}', close + 1);
    if (close === -1) return undefined;
    const code = text.slice(open + 1, close);
    const program = parseExpression(code);
    if (program === undefined) continue;
    const expression = child(list(program, 'body')[0]!, 'expression');
    if (MEANT_AS_TEXT.has(expression.type)) return undefined;
    return { code, names: [...new Set(analyseScope(program).references.map(({ name }) => name))] };
  }
  return undefined;
}

/** Returns the program that consists of one expression, `undefined` when `code` is none. */
function parseExpression(code: string): Node | undefined {
  if (code.trim() === '') return undefined;
  const { program, errors } = parseSync('expression.ts', `(${code}\n)`, {
    sourceType: 'module',
    preserveParens: false,
  });
  const isOne = program.body.length === 1 && program.body[0]?.type === 'ExpressionStatement';
  return errors.length === 0 && isOne ? (program as unknown as Node) : undefined;
}
