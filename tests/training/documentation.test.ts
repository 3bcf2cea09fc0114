import { expect, test } from 'vitest';
import { readText } from '../house/repository.ts';

test('docs/training.md shows the example that the tests run', () => {
  const example = readText('tests/training/docs-example.test.ts');
  expect(readText('docs/training.md')).toContain(`\`\`\`ts\n${example}\`\`\``);
});
