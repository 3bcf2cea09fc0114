import { expect, test } from 'vitest';
import { readText } from '../house/repository.ts';

test('docs/testing.md shows the example that the tests run', () => {
  const example = readText('tests/testing/vitest/docs-example.test.ts');
  expect(readText('docs/testing.md')).toContain(`\`\`\`ts\n${example}\`\`\``);
});
