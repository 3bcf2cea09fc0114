import { InvalidArgumentError } from '../base/errors.ts';

/**
 * Returns a command line in which every `-p NAME VALUE` is one word, since the parser has no options of two values.
 * A value may begin with a hyphen: it is a negative number more often than a flag.
 *
 * @throws InvalidArgumentError for a `-p` without a name and a value
 */
export function joinParameterPairs(args: readonly string[]): string[] {
  const joined: string[] = [];
  for (let index = 0; index < args.length; index++) {
    const arg = args[index]!;
    if (arg === '--') return [...joined, ...args.slice(index)];
    if (arg !== '-p' && arg !== '--parameter') {
      joined.push(arg);
      continue;
    }
    const [name, value] = args.slice(index + 1, index + 3);
    if (name === undefined || value === undefined) {
      throw new InvalidArgumentError(`${arg}: expected a name and a value, as in "${arg} days 365"`);
    }
    joined.push(`--parameter=${JSON.stringify([name, value])}`);
    index += 2;
  }
  return joined;
}

/** Adds one joined pair to those that were read before. */
export function addParameter(pair: string, parameters: Readonly<Record<string, string>> = {}): Record<string, string> {
  const [name, value] = JSON.parse(pair) as [string, string];
  return { ...parameters, [name]: value };
}
