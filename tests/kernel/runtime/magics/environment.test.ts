import { beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { aTestNotebook } from '../../../support/test-notebook.ts';

beforeEach(() => {
  onTestFinished(() => {
    delete process.env['LABMILL_TEST'];
    delete process.env['LABMILL_TEST_TOKEN'];
  });
});

describe('%env', () => {
  test.each(['%env LABMILL_TEST=a b', '%env LABMILL_TEST = a b', '%env LABMILL_TEST a b'])(
    '%j sets a variable, also for commands',
    async (cell) => {
      expect((await aTestNotebook().run(`${cell}\n!echo "$LABMILL_TEST"`)).printed).toBe(
        'env: LABMILL_TEST=a b\na b\n',
      );
    },
  );

  test('sets a variable to nothing', async () => {
    await aTestNotebook().run('%env LABMILL_TEST=');
    expect(process.env['LABMILL_TEST']).toBe('');
  });

  test('returns a variable', async () => {
    expect(await aTestNotebook().show('%env LABMILL_TEST=a', '%env LABMILL_TEST')).toBe("'a'");
  });

  test('shares its state with process.env', async () => {
    expect(await aTestNotebook().show('process.env.LABMILL_TEST = "b"', '%env LABMILL_TEST')).toBe("'b'");
  });

  test('lists all as a table and hides what looks like a secret', async () => {
    Object.assign(process.env, { LABMILL_TEST: '<b>', LABMILL_TEST_TOKEN: 'abc' });
    const { outcome, shown } = await aTestNotebook().run('%env');
    expect(shown).toMatch(/^LABMILL_TEST +<b>$/m);
    expect(shown).toMatch(/^LABMILL_TEST_TOKEN +<hidden>$/m);
    expect(JSON.stringify(outcome)).toMatch(/<table.*&lt;b&gt;/);
  });

  test.each([
    ['%env LABMILL_TEST', 'UsageError: %env: there is no environment variable "LABMILL_TEST"'],
    ['%env =a', 'UsageError: %env: expected NAME, NAME=value or NAME value, got "=a"'],
  ])('refuses %j', async (cell, error) => {
    expect(await aTestNotebook().show(cell)).toBe(error);
  });
});
