import { describe, expect, test } from 'vitest';
import { floorViolations } from './floors.ts';
import { sourceFiles } from './repository.ts';

describe('the house', () => {
  test('keeps its floors', () => {
    const files = sourceFiles('src/**/*.ts', 'tests/**/*.ts', 'bench/**/*.ts', 'lab*/**/*.ts');
    expect(files.length).toBeGreaterThan(100);
    expect(floorViolations(files)).toEqual([]);
  });
});

describe('floorViolations', () => {
  test.each([
    ['a room above', 'src/data/a.ts', "import { b } from '../training/b.ts';", 'training/ is not below data/'],
    ['a room on the same floor', 'src/plot/svg/a.ts', "import '../../preprocessing/b.ts';", 'is not below plot/'],
    ['the other wing', 'src/kernel/wire/a.ts', "import { b } from '../../plot/b.ts';", 'plot/ is not below kernel/'],
    ['a type from above', 'src/base/a.ts', "import type { B } from '../cli/b.ts';", 'cli/ is not below base/'],
    ['a room above, later', 'src/notebook/a.ts', "await import('../runner/b.ts');", 'runner/ is not below notebook/'],
    ['a re-export from above', 'src/data/a.ts', "export { b } from '../plot/b.ts';", 'plot/ is not below data/'],
    ["its own room's door", 'src/data/a.ts', "import { b } from './index.ts';", 'a door is for those outside'],
    ['the package by name', 'src/runner/a.ts', "import { b } from 'labmill/testing';", 'does not import itself'],
    ['vitest outside its room', 'src/testing/a.ts', "import { test } from 'vitest';", 'vitest is for'],
    ['sources, from a lab', 'lab1/a.ts', "import { b } from '../src/data/b.ts';", 'only tests reach into src/'],
  ])('reports an import of %s', (_what, path, text, reason) => {
    expect(floorViolations([{ path, text }])).toEqual([expect.stringContaining(reason)]);
  });

  test.each([
    ['a room below', 'src/testing/a.ts', "import { b } from '../data/b.ts';"],
    ['the foundation', 'src/kernel/wire/a.ts', "import { b } from '../../base/b.ts';"],
    ['its own room', 'src/kernel/wire/a.ts', "import { b } from '../runtime/b.ts';"],
    ['a package', 'src/kernel/a.ts', "import zmq from 'zeromq';"],
    ['vitest in its room', 'src/testing/vitest/a.ts', "import { expect } from 'vitest';"],
    ['any room, from the command line', 'src/cli/a.ts', "await import('../runner/b.ts');"],
    ['sources, from a test', 'tests/data/a.test.ts', "import { b } from '../../src/data/b.ts';"],
  ])('allows an import of %s', (_what, path, text) => {
    expect(floorViolations([{ path, text }])).toEqual([]);
  });
});
