import { writeFileSync } from 'node:fs';
import { DataRepository } from '../../src/versioning/index.ts';

// Runs one method of a data repository in a process of its own, for tests that kill it or run two at once:
// node data-command.ts DIRECTORY METHOD TARGETS… Says on stdout when it begins to work.
const [directory, method, ...targets] = process.argv.slice(2) as [
  string,
  'add' | 'checkout' | 'push' | 'pull',
  ...string[],
];
const repository = DataRepository.open(directory);
writeFileSync(1, 'begin\n');
try {
  const result = await repository[method](targets);
  writeFileSync(1, `${JSON.stringify(result)}\n`);
} catch (error) {
  writeFileSync(1, `${String((error as { code?: unknown }).code)}\n`);
  process.exitCode = 1;
}
