import fc from 'fast-check';
import { expect, test } from 'vitest';
import { compileCell } from '../../../src/kernel/compile/compile-cell.ts';
import { positionAt } from '../../../src/kernel/compile/edits.ts';
import { KnownNames } from '../../../src/kernel/compile/known-names.ts';

const notebook = new KnownNames(import.meta.dirname);

/** Statements in which `_` stands for a name that occurs once. */
const STATEMENTS = [
  '_ ;',
  'const _: Map<string, _> = _(_ as _, <_>_!)',
  'let { _: [_ = _], ..._ } = _, _ = await _',
  'type _ = { _: _ }\n_._?.[_]',
  'interface _ extends _ {\n  _: _\n}\n_(..._)',
  'function _<_>(_: _, _ = _): asserts _ is _ {\n  return _\n}',
  'const _ = async <_,>(\n  _: _,\n): Promise<\n  _\n> => _',
  'class _<_> extends _ implements _ {\n  private readonly _: _ = _\n  constructor(public _: _) { super(_) }\n  get _(): _ { return this._ }\n}',
  'enum _ {\n  _,\n  _ = _,\n  _\n}',
  'namespace _._ {\n  export const _ = _, _: _ = _\n  export function _() { _ }\n  _\n}',
  'for (const _ of _ as _[]) {\n  if (_) continue; else _ }',
  'for (var _ = _; _ < _; _++) _ += _',
  'export default _',
  'try { _ } catch (_) { `${_}${`_`}` } finally { /_/.test("_") }',
  'switch (_) { case _: let _; default: _ }',
  '/* _ */ _ // _',
  '"😀" + _',
];

const LOWERED = [
  'const _ = <_ _={_}>\n  _ {_}\n</_>',
  '@_ class _ {\n  @_(_) accessor _ = _\n  @_ _(_) { return _ }\n}',
  '_(<>\n  <_._ {..._} />\n</>)',
];

/** Programs of some statements in which each `_` has become a name of its own. */
function programs(statements: readonly string[]): fc.Arbitrary<string> {
  const separators = fc.constantFrom('\n', '\n\n', '; ', '\n  ', '\u2028', '\r\n');
  return fc.array(fc.tuple(fc.constantFrom(...statements), separators), { minLength: 1, maxLength: 8 }).map((parts) => {
    let count = 0;
    return parts
      .flatMap(([statement, separator]) => [statement, separator])
      .join('')
      .replace(/_/g, () => `mark${count++}x`);
  });
}

/** Returns where each name is led to that occurs once in the compiled code, and where it stands in the source. */
function places(source: string): { led: unknown; meant: unknown } | undefined {
  try {
    const { code, position } = compileCell(source, notebook);
    const all = [...code.matchAll(/mark\d+x/g)];
    const marks = all.filter(([name]) => all.filter((other) => other[0] === name).length === 1);
    const positions = marks.map(({ index }) => position(v8Position(code, index)));
    return { led: positions, meant: marks.map(([name]) => positionAt(source, source.indexOf(name))) };
  } catch {
    return undefined;
  }
}

/** V8 ends a line at more characters than editors do. */
function v8Position(code: string, offset: number): { line: number; column: number } {
  const lines = code.slice(0, offset).split(/\r\n|[\n\r\u2028\u2029]/);
  // The first line is not the cell's.
  return { line: lines.length - 1, column: lines.at(-1)!.length + 1 };
}

test('every name of a program is led to the place where it was written', () => {
  fc.assert(
    fc.property(programs(STATEMENTS), (source) => {
      const found = places(source);
      expect(found?.led).toEqual(found?.meant);
    }),
    { numRuns: 400 },
  );
});

test('so it is in programs with decorators and JSX', () => {
  fc.assert(
    fc.property(programs([...LOWERED, ...STATEMENTS.slice(0, 8)]), (source) => {
      const found = places(source);
      expect(found?.led).toEqual(found?.meant);
    }),
    { numRuns: 40 },
  );
});
