import type { Edits } from './edits.ts';
import { list, type Node, optionalChild } from './node.ts';

/**
 * Turns a declaration of variables into assignments, in place: `const x = 1` becomes `void(x = 1);`.
 * `void(` and `;` keep the lines around from growing together.
 *
 * @param isStatement false in the head of a loop
 */
export function rewriteVariables(node: Node, edits: Edits, isStatement: boolean): void {
  const declarators = list(node, 'declarations');
  const [first, last] = [declarators[0]!, declarators.at(-1)!];
  edits.blank(node.start, first.start, isStatement ? 'void(' : '');
  if (!isStatement) return;
  edits.wrap(first.start, last.end, '', edits.source[node.end - 1] === ';' ? ')' : ');');
  if (node['kind'] !== 'let') return;
  // A bare `let x;` sets x to undefined anew; a bare `var x;` leaves it alone.
  for (const declarator of declarators) {
    if (optionalChild(declarator, 'init') === undefined) edits.wrap(declarator.start, declarator.end, '', '=void 0');
  }
}
