import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { decodeTreeState, encodeTreeState, type TreeState } from '../../../src/versioning/store/tree-state.ts';

const name = fc
  .string({ unit: 'binary', minLength: 1, maxLength: 9 })
  .filter((text) => !text.includes('\0') && text.isWellFormed());
const id = fc.stringMatching(/^[0-9a-f]{32}$/);
const number = fc.double({ noDefaultInfinity: true });

const tree: fc.Arbitrary<TreeState> = fc
  .record({
    path: name,
    id,
    size: fc.nat(),
    isExec: fc.boolean(),
    isSaved: fc.boolean(),
    rules: name,
    links: fc.array(name),
    folders: fc.array(name, { maxLength: 4 }),
    files: fc.array(fc.record({ relpath: name, md5: id }), { minLength: 1, maxLength: 6 }),
  })
  .chain((rest) => {
    const length = (rest.folders.length + rest.files.length) * 4;
    const states = fc.array(number, { minLength: length, maxLength: length });
    return states.map((numbers) => ({ ...rest, states: Float64Array.from(numbers) }));
  });

describe('decodeTreeState', () => {
  test('returns what encodeTreeState was given', () => {
    const law = (state: TreeState) => {
      expect(decodeTreeState(encodeTreeState(state))).toEqual(state);
    };
    fc.assert(fc.property(tree, law));
  });

  test('returns nothing for bytes of which one was changed, or the end cut off', () => {
    fc.assert(
      fc.property(tree, fc.nat(), fc.boolean(), (state, position, isCut) => {
        const bytes = encodeTreeState(state);
        const at = position % bytes.length;
        const damaged = isCut ? bytes.subarray(0, at) : bytes.with(at, bytes[at]! ^ 1);
        expect(decodeTreeState(Buffer.from(damaged))).toBeUndefined();
      }),
    );
  });
});
