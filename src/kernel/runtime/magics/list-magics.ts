import type { Fragment } from '../display/fragment.ts';
import type { CellMagic, LineMagic, Magics } from './registry.ts';
import { table } from './table.ts';

/** What is no magic by name. */
const SYNTAX = [
  { magic: '!command', 'what it does': 'runs a line with the shell; {expression} is replaced by its value' },
  { magic: 'lines = !command', 'what it does': 'keeps what the command prints, line by line' },
  { magic: 'name?  name??', 'what it does': 'shows what a name stands for, and its whole source' },
];

const RULES = `A line is a magic only where a statement begins. A line with ! is TypeScript when it reads as TypeScript and either
calls something or uses only names that the notebook has; else it is a command. %name? shows the help of one magic.
`;

/** Returns what `%lsmagic` shows. */
export function magicTable(line: Magics<LineMagic>, cell: Magics<CellMagic>): Fragment {
  return table([
    ...marked(line, '%').map(([name, { summary }]) => ({ magic: name, 'what it does': summary })),
    ...marked(cell, '%%').map(([name, { summary }]) => ({ magic: name, 'what it does': summary })),
    ...SYNTAX,
  ]);
}

/** Returns what `%magic` shows: the help of all magics, and the rules. */
export function allHelp(line: Magics<LineMagic>, cell: Magics<CellMagic>): string {
  const own = [...marked(line, '%'), ...marked(cell, '%%')].map(([name, magic]) => magicHelp(name, magic));
  const syntax = SYNTAX.map(({ magic, 'what it does': what }) => `${magic}\n  ${what}\n`);
  return [RULES, ...own, ...syntax].join('\n');
}

/** Returns the help of one magic, which is named with its mark. */
export function magicHelp(name: string, { summary, usage }: LineMagic | CellMagic): string {
  return `${name}${usage === undefined ? '' : ` ${usage}`}\n  ${summary}\n`;
}

function marked<T>(magics: Magics<T>, mark: string): Array<[string, T]> {
  return [...magics].map(([name, magic]): [string, T] => [`${mark}${name}`, magic]).toSorted(byName);
}

function byName([a]: [string, unknown], [b]: [string, unknown]): number {
  return a < b ? -1 : 1;
}
