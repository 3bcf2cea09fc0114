import { type CellMagic, UsageError } from './registry.ts';
import { CommandError, keepExitCode } from './shell.ts';

/** `%%bash`: runs the cell with bash. */
export const bash: CellMagic = scriptMagic('bash');

/** `%%sh`: runs the cell with sh. */
export const sh: CellMagic = scriptMagic('sh');

function scriptMagic(program: string): CellMagic {
  return {
    summary: `runs the cell with ${program}; a failing script fails the cell`,
    usage: '[options]',
    async run(args, body, { children, cell }) {
      const options = args === '' ? [] : args.split(/\s+/);
      const run = children.run(program, [...options, '-c', body], { cell });
      const exitCode = await run.catch((cause: unknown) => {
        throw new UsageError(`%%${program}: ${program} could not be started; is it on the PATH?`, { cause });
      });
      keepExitCode(exitCode);
      if (exitCode !== 0) throw new CommandError(`%%${program}: the script ended with exit code ${exitCode}`);
    },
  };
}
