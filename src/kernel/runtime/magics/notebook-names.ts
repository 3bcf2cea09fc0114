import { inspect, types } from 'node:util';
import { type LineMagic, UsageError } from './registry.ts';
import { table } from './table.ts';

/** How much of a value `%whos` shows, in UTF-16 units. */
const MAX_VALUE_LENGTH = 60;

const NONE = 'The notebook has no names yet.\n';

/** `%who`: lists the names of the notebook. */
export const who: LineMagic = {
  summary: 'lists the names of the notebook',
  run: (_args, { names, output }) =>
    output.write('stdout', names.list().length === 0 ? NONE : `${names.list().join('  ')}\n`),
};

/** `%whos`: shows the names of the notebook with their types and values. */
export const whos: LineMagic = {
  summary: 'shows the names of the notebook with their types and values',
  run(_args, { names, output }) {
    if (names.list().length === 0) return output.write('stdout', NONE);
    const rows = names.list().map((name) => ({ name, value: names.get(name) }));
    return table(rows.map(({ name, value }) => ({ name, type: typeName(value), value: shortText(value) })));
  },
};

/** `%reset`: forgets the names of the notebook. */
export const reset: LineMagic = {
  summary: 'forgets all names of the notebook',
  usage: '-f',
  run(args, { names, forget, output }) {
    const all = names.list();
    if (args !== '-f') {
      throw new UsageError(`%reset: would forget all ${all.length} names of the notebook; write %reset -f to do so`);
    }
    forget(all);
    output.write('stdout', `Forgot ${all.length} ${all.length === 1 ? 'name' : 'names'}.\n`);
  },
};

/** Nothing of the user's runs for it: no getter, no trap of a proxy. */
function typeName(value: unknown): string {
  if (value === null) return 'null';
  if (typeof value === 'function')
    return /^class\b/.test(Function.prototype.toString.call(value)) ? 'class' : 'function';
  if (typeof value !== 'object') return typeof value;
  if (types.isProxy(value)) return 'Proxy';
  if (types.isModuleNamespaceObject(value)) return 'module';
  const constructor: unknown = Object.getOwnPropertyDescriptor(
    (Object.getPrototypeOf(value) as object | null) ?? {},
    'constructor',
  )?.value;
  return typeof constructor === 'function' ? constructor.name : 'object';
}

function shortText(value: unknown): string {
  const text = inspect(value, {
    depth: 0,
    breakLength: Infinity,
    maxArrayLength: 10,
    maxStringLength: MAX_VALUE_LENGTH,
    customInspect: false,
  }).replaceAll(/\s+/g, ' ');
  return text.length <= MAX_VALUE_LENGTH ? text : `${text.slice(0, MAX_VALUE_LENGTH).toWellFormed()}…`;
}
