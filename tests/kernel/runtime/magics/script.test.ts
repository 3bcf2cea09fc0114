import { expect, onTestFinished, test } from 'vitest';
import { aTestNotebook } from '../../../support/test-notebook.ts';

test.each(['bash', 'sh'])('%%%%%s prints what the script prints', async (program) => {
  expect((await aTestNotebook().run(`%%${program}\nx=1\necho $((x + 1)) {a}`)).printed).toBe('2 {a}\n');
});

test('%%bash fails the cell when the script fails, and keeps its exit code', async () => {
  const notebook = aTestNotebook();
  expect(await notebook.show('%%bash -e\nfalse\necho no')).toBe(
    'CommandError: %%bash: the script ended with exit code 1',
  );
  expect(await notebook.show('_exitCode')).toBe('1');
});

test('%%bash says so where there is no bash', async () => {
  const path = process.env['PATH'];
  onTestFinished(() => void (process.env['PATH'] = path));
  process.env['PATH'] = '/nowhere';
  expect(await aTestNotebook().show('%%bash\n1')).toBe(
    'UsageError: %%bash: bash could not be started; is it on the PATH?',
  );
});
