import { expect, test } from 'vitest';
import { readText } from '../house/repository.ts';

test('docs/serving.md shows the example that the tests run', () => {
  expect(readText('docs/serving.md')).toContain(`\`\`\`ts\n${readText('tests/serving/docs-example.test.ts')}\`\`\``);
});
