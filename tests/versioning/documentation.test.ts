import { Command } from 'commander';
import { expect, test } from 'vitest';
import { addDataCommand } from '../../src/cli/data.ts';
import { readText } from '../house/repository.ts';

const text = readText('docs/data-versions.md');

test('docs/data-versions.md shows the example that the tests run', () => {
  expect(text).toContain(`\`\`\`ts\n${readText('tests/versioning/docs-example.test.ts')}\`\`\``);
});

test('docs/data-versions.md names each command and each of its flags', () => {
  const program = new Command();
  addDataCommand(program);
  const commands = program.commands[0]!.commands.flatMap((command) => [command, ...command.commands]);
  const flags = commands.flatMap(({ options }) => options.map(({ long }) => long ?? ''));
  const missing = [...commands.map((command) => command.name()), ...flags].filter((name) => !text.includes(name));
  expect(missing).toEqual([]);
});
