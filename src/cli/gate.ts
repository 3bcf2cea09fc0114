import type { Command } from 'commander';
import { CommandExit } from './command-exit.ts';
import { failureText, jsonText, summaryText } from './run-text.ts';

const help = `
Example:
  labmill run lab1 lab5 --output reports --allow-failed-figures
  labmill gate reports

Exit codes: 0 every figure passed; 1 one did not, or a cell failed; 2 used wrongly, or there was nothing to judge.`;

/** Adds `labmill gate`. */
export function addGateCommand(program: Command): void {
  program
    .command('gate')
    .description('judge executed notebooks by their figures, and write the page over all of them')
    .argument('<folder>', 'where the executed notebooks are, as "labmill run --output" wrote them')
    .option('--json', 'print the results as JSON')
    .addHelpText('after', help)
    .action(async (folder: string, flags: { readonly json?: true }, command: Command) => {
      const { judgeRuns } = await import('../runner/judge-runs.ts');
      const result = await judgeRuns(folder);
      const output = command.configureOutput();
      for (const run of result.runs) output.writeErr?.(failureText(run));
      output.writeOut?.(flags.json === true ? jsonText(result) : summaryText(result));
      if (result.status === 'failed') throw new CommandExit(1);
    });
}
