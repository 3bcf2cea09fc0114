import type { RunOptions } from '../child-processes.ts';
import type { MagicContext } from './registry.ts';

/** The exit code with which shells say that there is no such command. */
const NOT_FOUND = 127;

/** How much a command may print whose lines are kept, in UTF-16 units. */
const MAX_CAPTURED = 100_000_000;

/** What changes only the shell that a `!` line runs in, and what is meant instead. */
const SHELL_ONLY: ReadonlyArray<readonly [RegExp, string]> = [
  [/^\s*cd\s+([^;&|]*)$/, '%cd '],
  [/^\s*(?:export|set)\s+(\w+=[^;&|]*)$/, '%env '],
];

/** A command that failed where its output is needed, or a script that failed. */
export class CommandError extends Error {
  override readonly name: string = 'CommandError';
}

/** Runs `!line`, streams what it prints, and shows an exit code that is not 0. */
export async function shell(line: string, context: MagicContext): Promise<void> {
  await runLine(line, context);
  const magic = SHELL_ONLY.map(([pattern, name]) => line.replace(pattern, `${name}$1`)).find((text) => text !== line);
  if (magic !== undefined)
    context.output.write(
      'stderr',
      `This changed only the shell that ran it, which has ended; write ${magic}\n`,
      context.cell,
    );
}

/**
 * Runs `lines = !line` and returns what it prints on stdout, line by line.
 *
 * @throws CommandError when there is no such command (the line may have been meant as TypeScript), and when it prints too much
 */
export async function capture(line: string, context: MagicContext): Promise<string[]> {
  const parts: string[] = [];
  let length = 0;
  const exitCode = await runLine(line, context, {
    onStdout: (part) => {
      length += part.length;
      if (length <= MAX_CAPTURED) parts.push(part);
    },
  });
  if (length > MAX_CAPTURED) {
    throw new CommandError(`${quoted(line)}: printed ${length} characters, and at most ${MAX_CAPTURED} can be kept`);
  }
  if (exitCode === NOT_FOUND)
    throw new CommandError(`${quoted(line)}: the shell knows no such command, and the notebook no such name`);
  const text = parts.join('');
  return text === '' ? [] : text.replace(/\r?\n$/, '').split(/\r?\n/);
}

/** Keeps the exit code of a command where cells find it. */
export function keepExitCode(exitCode: number): void {
  Object.assign(globalThis, { _exitCode: exitCode });
}

async function runLine(
  line: string,
  { children, cell, output }: MagicContext,
  options: Pick<RunOptions, 'onStdout'> = {},
): Promise<number> {
  const exitCode = await children.runLine(line, { cell, ...options });
  keepExitCode(exitCode);
  if (exitCode !== 0) output.write('stderr', `[exit code: ${exitCode}]\n`, cell);
  return exitCode;
}

function quoted(line: string): string {
  return JSON.stringify(line.length <= 80 ? line : `${line.slice(0, 80)}…`);
}
