import { expect, test } from 'vitest';
import { readText } from '../house/repository.ts';

test('docs/data.md shows the example that the tests run', () => {
  expect(readText('docs/data.md')).toContain(`\`\`\`ts\n${readText('tests/data/docs-example.test.ts')}\`\`\``);
});
