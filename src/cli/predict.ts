import type { Command } from 'commander';
import { InvalidArgumentError } from '../base/errors.ts';
import { writeFileAtomic } from '../base/write-atomic.ts';
import { formatCsv } from '../data/format-csv.ts';
import { readCsv } from '../data/read-csv.ts';
import { Table } from '../data/table.ts';
import { csvInput } from '../serving/csv-input.ts';
import { readInput } from '../serving/read-input.ts';
import { type Predictions, servedModel } from '../serving/served-model.ts';

interface PredictFlags {
  readonly output?: string;
  readonly json?: true;
  readonly proba?: true;
}

const examples = `
Examples:
  labmill predict model.json passengers.csv
  labmill predict model.json passengers.csv --proba --output predictions.csv
  labmill predict model.json passengers.csv --json`;

/** Adds `labmill predict`. */
export function addPredictCommand(program: Command): void {
  program
    .command('predict')
    .description('predict each row of a CSV file; its columns are found by name, further ones are ignored')
    .argument('<model>', 'a model file')
    .argument('<input>', 'a CSV file with a header')
    .option('--output <file>', 'where the predictions go (default: stdout)')
    .option('--proba', 'add the probability of each class')
    .option('--json', 'as JSON, like the answers of labmill serve')
    .addHelpText('after', examples)
    .action((path: string, input: string, flags: PredictFlags, command: Command) => {
      const { writeOut } = command.configureOutput() as Record<'writeOut', (text: string) => void>;
      const text = predict(path, input, flags);
      if (flags.output === undefined) writeOut(text);
      else writeFileAtomic(flags.output, text);
    });
}

function predict(path: string, input: string, { json, proba }: PredictFlags): string {
  const model = servedModel(path);
  const { name, version, task, fields } = model;
  if (proba === true && task === 'regression') {
    throw new InvalidArgumentError(`--proba: expected a classifier, got a regressor in ${path}`);
  }
  const source = csvInput(fields, (options) => readCsv(input, options));
  const { predictions, probabilities = [] } = model.predict(readInput(fields, source));
  const shown = { predictions, ...(proba === true && { probabilities }) };
  return json === true
    ? `${JSON.stringify({ ...shown, model: { name, version } }, null, 2)}\n`
    : formatCsv(toTable(shown, model.classes));
}

/** A column `prediction`, and one for each class when the probabilities are wanted. */
function toTable({ predictions, probabilities }: Predictions, classes: readonly (string | number)[]): Table {
  const ofClass = (label: string | number): readonly [string, number[]] => [
    `probability_${label}`,
    probabilities!.map((row) => row[label]!),
  ];
  return new Table([
    ['prediction', predictions as readonly string[]],
    ...(probabilities === undefined ? [] : classes.map(ofClass)),
  ]);
}
