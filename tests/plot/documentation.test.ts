import { expect, test } from 'vitest';
import { readText } from '../house/repository.ts';

test('docs/plot.md shows the example that the tests run', () => {
  expect(readText('docs/plot.md')).toContain(`\`\`\`ts\n${readText('tests/plot/docs-example.test.ts')}\`\`\``);
});
