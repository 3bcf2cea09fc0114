import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { jsxOptions, withPragmas } from '../../../../src/kernel/compile/lower/jsx.ts';
import { temporaryFolder } from '../../../support/temporary-folder.ts';

const react = {
  runtime: 'classic',
  factory: 'React.createElement',
  fragment: 'React.Fragment',
  importSource: 'react',
} as const;

describe('withPragmas', () => {
  test.each([
    ['* @jsx h ', { factory: 'h' }],
    ['*\n * @jsx a.b\n * @jsxFrag c\n ', { factory: 'a.b', fragment: 'c' }],
    ['* @jsxImportSource @scope/pkg ', { runtime: 'automatic', importSource: '@scope/pkg' }],
    ['* @jsxRuntime automatic ', { runtime: 'automatic' }],
    ['* @jsxImportSource preact @jsxRuntime classic ', { runtime: 'classic', importSource: 'preact' }],
    [' of JSX and its @jsxWhatever x', {}],
  ])('reads %j', (value, changes) => {
    expect(withPragmas(react, [{ type: 'Block', value, start: 0, end: 0 }])).toEqual({ ...react, ...changes });
  });

  test('goes back to a function', () => {
    const automatic = { ...react, runtime: 'automatic' } as const;
    expect(withPragmas(automatic, [{ type: 'Line', value: ' @jsx h', start: 0, end: 0 }]).runtime).toBe('classic');
  });
});

describe('jsxOptions', () => {
  function optionsBelow(config: string | undefined): unknown {
    const folder = temporaryFolder();
    mkdirSync(join(folder, 'notebooks'));
    if (config !== undefined) writeFileSync(join(folder, 'tsconfig.json'), config);
    return jsxOptions({ jsx: undefined, folder: join(folder, 'notebooks') });
  }

  test.each([
    [
      '{ "compilerOptions": { "jsx": "react-jsx", "jsxImportSource": "preact" } }',
      { runtime: 'automatic', importSource: 'preact' },
    ],
    [
      '{ // one\n "compilerOptions": { "jsx": "react", "jsxFactory": "h", "jsxFragmentFactory": "F", }, }',
      { factory: 'h', fragment: 'F' },
    ],
    ['{ "include": [] }', {}],
    ['not JSON', {}],
    [undefined, {}],
  ])('reads the nearest tsconfig.json: %j', (config, changes) => {
    expect(optionsBelow(config)).toEqual({ ...react, ...changes });
  });

  test('prefers what a cell has chosen', () => {
    const chosen = { ...react, factory: 'h' };
    expect(jsxOptions({ jsx: chosen, folder: '/' })).toBe(chosen);
  });
});
