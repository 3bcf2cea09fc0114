import { readFileSync } from 'node:fs';
import { Command, CommanderError, type OutputConfiguration } from 'commander';
import { isLabmillError } from '../base/errors.ts';
import { CommandExit } from './command-exit.ts';
import { addKernelCommand } from './kernel.ts';
import { joinParameterPairs } from './parameter-pairs.ts';
import { addRunCommand } from './run.ts';

/**
 * Runs a command line (without `node` and the script's name) and returns its exit code: 0 when all held, 1 when something
 * failed, 2 when it was used wrongly.
 */
export async function runCommandLine(args: readonly string[], output: OutputConfiguration = {}): Promise<number> {
  const program = new Command('labmill')
    .description('A TypeScript kernel for Jupyter and a testing toolkit for the models you build in it.')
    .version(packageVersion())
    .configureOutput(output)
    .showHelpAfterError('(labmill --help, or labmill COMMAND --help, says more)')
    .exitOverride();
  addRunCommand(program);
  addKernelCommand(program);
  try {
    await program.parseAsync(joinParameterPairs(args), { from: 'user' });
    return 0;
  } catch (error) {
    if (error instanceof CommandExit) return error.exitCode;
    // Commander has printed what is wrong already; its own exit code for it is 1.
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
    if (!isLabmillError(error)) throw error;
    program.configureOutput().writeErr?.(`${error.code}: ${error.message}\n`);
    return error.exitCode;
  }
}

function packageVersion(): string {
  const text = readFileSync(new URL('../../package.json', import.meta.url), 'utf8');
  return (JSON.parse(text) as { version: string }).version;
}
