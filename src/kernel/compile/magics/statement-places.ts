import { parseSync } from 'oxc-parser';
import { forEachChild, isFunction, list, type Node } from '../node.ts';

/** A place where a statement begins, or could. */
export interface StatementPlace {
  readonly isTopLevel: boolean;
  /** Whether it is outside of all functions that are not async. */
  readonly canAwait: boolean;
}

/** How many blocks are looked into. */
const MAX_DEPTH = 4;

/** How much text is parsed to find places, in UTF-16 units: takes a fraction of a second. */
const MAX_PARSED = 10_000_000;

/** Statement lists: the node's type and the key. */
const LISTS: Readonly<Record<string, string>> = {
  Program: 'body',
  BlockStatement: 'body',
  FunctionBody: 'body',
  StaticBlock: 'body',
  TSModuleBlock: 'body',
  SwitchCase: 'consequent',
};

/** What has a statement list that no `await` may stand in. */
const NEVER_AWAITS = new Set(['StaticBlock', 'TSModuleBlock']);

/** Knows where in one cell statements begin. */
export class StatementPlaces {
  /** By offset, of a cell that is a program as it is. */
  readonly #known: ReadonlyMap<number, StatementPlace> | undefined;
  #parsed = 0;

  constructor(source: string) {
    const program = parseProgram(source);
    this.#known = program === undefined ? undefined : placesIn(program);
  }

  /**
   * Returns the place at an offset of the cell, `undefined` where no statement begins.
   *
   * @param before the cell up to there, in which magics have become TypeScript
   */
  at(offset: number, before: string): StatementPlace | undefined {
    return this.#known === undefined ? this.behind(before) : this.#known.get(offset);
  }

  /** Returns the place behind a text if a statement could follow, which together with what closes the open blocks makes a program. */
  behind(before: string): StatementPlace | undefined {
    let closings = [''];
    for (let depth = Math.min(MAX_DEPTH, before.split('{').length - 1); depth >= 0; depth--) {
      for (const closing of closings) {
        const isTopLevel = closing === '';
        if (this.#canStand(before, 'await 0', closing)) return { isTopLevel, canAwait: true };
        if (!isTopLevel && this.#canStand(before, '', closing)) return { isTopLevel, canAwait: false };
      }
      closings = closings.flatMap((closing) => [`${closing}}`, `${closing}})`]);
    }
    return undefined;
  }

  #canStand(before: string, inside: string, closing: string): boolean {
    this.#parsed += before.length;
    if (this.#parsed > MAX_PARSED) return false;
    // `try` is nothing but a statement: no field of a class, no property, no operand.
    return parseProgram(`${before}try{${inside}}finally{}${closing}`) !== undefined;
  }
}

/** Returns the program that a text is, with JSX or without; `undefined` when it is none. */
export function parseProgram(code: string): Node | undefined {
  for (const file of code.includes('<') ? ['cell.ts', 'cell.tsx'] : ['cell.ts']) {
    const { program, errors } = parseSync(file, code, { sourceType: 'module' });
    if (errors.length === 0) return program as unknown as Node;
  }
  return undefined;
}

function placesIn(program: Node): ReadonlyMap<number, StatementPlace> {
  const places = new Map<number, StatementPlace>();
  const visit = (node: Node, isOutside: boolean): void => {
    const canAwait = isFunction(node) ? node['async'] === true : isOutside && !NEVER_AWAITS.has(node.type);
    const key = LISTS[node.type];
    const statements = key === undefined ? [] : list(node, key);
    for (const { start } of statements) places.set(start, { isTopLevel: node === program, canAwait });
    forEachChild(node, (part) => visit(part, canAwait));
  };
  visit(program, true);
  return places;
}
