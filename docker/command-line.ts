import { labsCommandLine } from './labs.ts';

/**
 * Returns the command line of `labmill` for the arguments of the image: none serves the built-in model, a path of a
 * `.json` file that model, `labs` runs the labs; anything else is a command line of `labmill` already.
 */
export function commandLine(args: readonly string[]): string[] {
  const [first, ...rest] = args;
  if (first === undefined) return ['serve'];
  if (first === 'labs') return [...labsCommandLine(), ...rest];
  return first.endsWith('.json') ? ['serve', ...args] : [...args];
}
