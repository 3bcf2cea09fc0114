import { describe, expect, test } from 'vitest';
import { commandLine } from '../../docker/command-line.ts';

describe('commandLine', () => {
  test.each([
    ['no argument', [], ['serve']],
    ['a model', ['/models/my.json'], ['serve', '/models/my.json']],
    ['a model and flags', ['my.json', '--max-rows', '5'], ['serve', 'my.json', '--max-rows', '5']],
    ['a command of labmill', ['predict', 'my.json', 'rows.csv'], ['predict', 'my.json', 'rows.csv']],
    ['a flag of labmill', ['--help'], ['--help']],
  ])('makes a command line of labmill of %s', (_what, args, expected) => {
    expect(commandLine(args)).toEqual(expected);
  });
});
