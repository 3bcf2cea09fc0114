import { ParameterError } from '../base/errors.ts';
import { hasCellIds, newCellId } from './cell-ids.ts';
import type { CodeCell, Notebook } from './document.ts';
import { type Parameter, parametersIndex, readParameters, typeOf } from './parameters.ts';
import { hasTag } from './tags.ts';

/** Values for a notebook's parameters, by name. Text stands for a value of another type as well: `"0.5"`, `"true"`, `"[1, 2]"`. */
export type ParameterValues = Readonly<Record<string, unknown>>;

const injectedTag = 'injected-parameters';

/**
 * Returns the notebook with a cell tagged `injected-parameters` after the one tagged `parameters`, which declares
 * `values` anew (as papermill does). An injected cell of an earlier time is replaced. Without values nothing changes.
 *
 * @throws ParameterError for a name that the notebook does not declare, or a value of another type than its default
 */
export async function injectParameters(notebook: Notebook, values: ParameterValues, where: string): Promise<Notebook> {
  const names = Object.keys(values);
  if (names.length === 0) return notebook;
  const known = new Map((await readParameters(notebook, where)).map((parameter) => [parameter.name, parameter]));
  const lines = names.map((name) => {
    const parameter = known.get(name);
    if (parameter === undefined) throw unknownParameter(name, [...known.keys()], where);
    return declaration(parameter, toType(parameter, values[name], where));
  });
  return withInjectedCell(notebook, `// Parameters\n${lines.join('\n')}`);
}

function withInjectedCell(notebook: Notebook, source: string): Notebook {
  const cells = notebook.cells.filter((cell) => !hasTag(cell, injectedTag));
  const taken = new Set(cells.flatMap((cell) => cell.id ?? []));
  const injected: CodeCell = {
    cell_type: 'code',
    ...(hasCellIds(notebook) && { id: newCellId(source, taken) }),
    metadata: { tags: [injectedTag] },
    source,
    execution_count: null,
    outputs: [],
  };
  return { ...notebook, cells: cells.toSpliced(parametersIndex({ ...notebook, cells }) + 1, 0, injected) };
}

function declaration({ keyword, name, annotation }: Parameter, value: unknown): string {
  return `${keyword} ${name}${annotation} = ${JSON.stringify(value)};`;
}

function unknownParameter(name: string, known: readonly string[], where: string): ParameterError {
  const expected =
    known.length === 0
      ? 'the notebook declares none (in a cell tagged "parameters")'
      : `expected one of ${known.map((each) => JSON.stringify(each)).join(', ')}`;
  return new ParameterError(`${where}: unknown parameter ${JSON.stringify(name)}: ${expected}`);
}

function toType(parameter: Parameter, value: unknown, where: string): unknown {
  const typed = typeof value === 'string' && parameter.type !== 'string' ? parseText(value, parameter.type) : value;
  const isFinite = typeof typed !== 'number' || Number.isFinite(typed);
  if (typeOf(typed) === parameter.type && isFinite) return typed;
  throw new ParameterError(
    `${where}: parameter ${JSON.stringify(parameter.name)}: expected ${article(parameter.type)} like its default ` +
      `${cut(parameter.defaultValue)}, got ${cut(value)}`,
  );
}

function parseText(text: string, type: Parameter['type']): unknown {
  if (type === 'number') return text.trim() === '' ? undefined : Number(text);
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function article(type: Parameter['type']): string {
  return /^[ao]/.test(type) ? `an ${type}` : `a ${type}`;
}

function cut(value: unknown): string {
  const text = JSON.stringify(value) ?? String(value);
  return text.length > 80 ? `${text.slice(0, 79)}…` : text;
}
