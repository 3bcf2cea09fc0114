import type { Command } from 'commander';
import { InvalidArgumentError } from '../base/errors.ts';
import { parseDuration } from '../runner/duration.ts';
import type { RunNotebooksOptions } from '../runner/run-notebooks.ts';
import { CommandExit } from './command-exit.ts';
import { onInterrupt } from './interrupt.ts';
import { addParameter } from './parameter-pairs.ts';
import { createProgress } from './progress.ts';
import { failureText, jsonText, summaryText } from './run-text.ts';

interface RunFlags {
  readonly parameter?: Readonly<Record<string, string>>;
  readonly output: string;
  readonly inplace?: true;
  readonly timeout: string;
  readonly notebookTimeout?: string;
  readonly jobs?: string;
  readonly allowErrors?: true;
  readonly allowFailedFigures?: true;
  readonly junit?: true;
  readonly json?: true;
}

const examples = `
Examples:
  labmill run lab1                                 every notebook in the folder
  labmill run lab1/lab1.ipynb -p days 365 -p noise 0.5
  labmill run lab1 lab5 --output reports --timeout 30s --json

Exit codes: 0 all ran and held; 1 a cell, a check or a kernel failed, or took too long; 2 used wrongly.`;

/** Adds `labmill run`. */
export function addRunCommand(program: Command): void {
  program
    .command('run')
    .description('run notebooks from top to bottom, each in a kernel of its own, and report on them')
    .argument('<notebook|folder...>', 'notebooks, or folders whose notebooks are meant')
    .option('-p, --parameter <name> <value>', 'a value for a parameter of the notebook; may be repeated', addParameter)
    .option('--output <dir>', 'the folder for executed notebooks and reports', 'out')
    .option('--inplace', 'write the executed notebooks over their sources')
    .option('--timeout <duration>', 'how long a cell may run (the tag "timeout:30s" overrides it)', '10m')
    .option('--notebook-timeout <duration>', 'how long a notebook may run (default: no limit)')
    .option('--jobs <count>', 'how many notebooks run at the same time (default: one for each core)')
    .option('--allow-errors', 'run on after a cell that failed, and do not count it')
    .option('--allow-failed-figures', 'do not count a figure that did not pass; "labmill gate" judges them later')
    .option('--junit', 'write a JUnit report, for CI servers, beside each report')
    .option('--json', 'print the results as JSON')
    .addHelpText('after', examples)
    .action(async (paths: string[], flags: RunFlags, command: Command) => run(paths, flags, command));
}

async function run(paths: readonly string[], flags: RunFlags, command: Command): Promise<void> {
  const { writeOut, writeErr } = command.configureOutput() as Record<'writeOut' | 'writeErr', (text: string) => void>;
  const options = toOptions(flags);
  // Loaded here so that `labmill --help` and the other commands do not wait for it.
  const { runNotebooks } = await import('../runner/run-notebooks.ts');
  using interrupt = onInterrupt();
  using progress = createProgress(writeErr, process.stderr);
  const result = await runNotebooks(paths, { ...options, signal: interrupt.signal, onEvent: progress.onEvent });
  progress.end();
  for (const notebook of result.runs) writeErr(failureText(notebook));
  writeOut(flags.json === true ? jsonText(result) : summaryText(result));
  if (result.status === 'interrupted') throw new CommandExit(interrupt.exitCode);
  if (result.status === 'failed') throw new CommandExit(1);
}

function toOptions(flags: RunFlags): RunNotebooksOptions {
  const { parameter, output, timeout, notebookTimeout, jobs } = flags;
  return {
    outputDir: output,
    inplace: flags.inplace === true,
    allowErrors: flags.allowErrors === true,
    allowFailedFigures: flags.allowFailedFigures === true,
    junit: flags.junit === true,
    cellTimeoutMs: parseDuration(timeout, '--timeout'),
    ...(parameter !== undefined && { parameters: parameter }),
    ...(notebookTimeout !== undefined && { notebookTimeoutMs: parseDuration(notebookTimeout, '--notebook-timeout') }),
    ...(jobs !== undefined && { jobs: toCount(jobs) }),
  };
}

function toCount(text: string): number {
  const count = Number(text);
  if (Number.isInteger(count) && count >= 1) return count;
  throw new InvalidArgumentError(`--jobs: expected a whole number from 1 on, got ${JSON.stringify(text)}`);
}
