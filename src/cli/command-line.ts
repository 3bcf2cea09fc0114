import { readFileSync } from 'node:fs';
import { Command, CommanderError, type OutputConfiguration } from 'commander';
import { isLabmillError } from '../base/errors.ts';
import { CommandExit } from './command-exit.ts';
import { joinParameterPairs } from './parameter-pairs.ts';

type AddCommand = (program: Command) => void;

/** The commands in the order of the help; each module is loaded only when it is needed. */
const commands = new Map<string, () => Promise<AddCommand>>([
  ['run', async () => (await import('./run.ts')).addRunCommand],
  ['gate', async () => (await import('./gate.ts')).addGateCommand],
  ['kernel', async () => (await import('./kernel.ts')).addKernelCommand],
  ['data', async () => (await import('./data.ts')).addDataCommand],
  ['serve', async () => (await import('./serve.ts')).addServeCommand],
  ['predict', async () => (await import('./predict.ts')).addPredictCommand],
  ['image', async () => (await import('./image.ts')).addImageCommand],
]);

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
  for (const add of commandsFor(args)) (await add())(program);
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

/** Returns the command that is named, none for the version, and all of them for help and for a name that is none. */
function commandsFor([name]: readonly string[]): Iterable<() => Promise<AddCommand>> {
  if (name === '--version' || name === '-V') return [];
  const named = commands.get(name ?? '');
  return named === undefined ? commands.values() : [named];
}

function packageVersion(): string {
  const text = readFileSync(new URL('../../package.json', import.meta.url), 'utf8');
  return (JSON.parse(text) as { version: string }).version;
}
