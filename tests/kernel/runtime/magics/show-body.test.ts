import { expect, test } from 'vitest';
import { aTestNotebook } from '../../../support/test-notebook.ts';

test.each([
  ['html', 'text/html'],
  ['javascript', 'application/javascript'],
  ['latex', 'text/latex'],
  ['markdown', 'text/markdown'],
  ['svg', 'image/svg+xml'],
])('%%%%%s shows the cell as %s', async (name, type) => {
  const notebook = aTestNotebook();
  await notebook.run(`%%${name}\n<b>{1}</b>\n!no command`);
  expect(notebook.posted).toContainEqual(
    expect.objectContaining({
      type: 'display',
      data: { 'text/plain': '<b>{1}</b>\n!no command', [type]: '<b>{1}</b>\n!no command' },
    }),
  );
});
