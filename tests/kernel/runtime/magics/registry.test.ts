import { describe, expect, onTestFinished, test } from 'vitest';
import { registerCellMagic, registerLineMagic } from '../../../../src/kernel/runtime/magics/registry.ts';
import { aTestNotebook } from '../../../support/test-notebook.ts';

const registry = Symbol.for('labmill.magics');

/** Takes a magic away when the test ends. */
function forgetLater(name: string): void {
  onTestFinished(() => {
    const { line, cell } = Reflect.get(globalThis, registry) as Record<'line' | 'cell', Map<string, unknown>>;
    line.delete(name);
    cell.delete(name);
  });
}

describe('registerLineMagic', () => {
  test('makes a magic that gets what stands behind its name, and has a value', async () => {
    forgetLater('upper');
    registerLineMagic('upper', { summary: 'shouts', run: (args) => args.toUpperCase() });
    expect(await aTestNotebook().show('const b = "c"\n%upper a {b}')).toBe("'A C'");
  });

  test('makes a magic that may wait and that sees the notebook', async () => {
    forgetLater('double');
    registerLineMagic('double', {
      summary: 'doubles a name',
      run: async (name, { names }) => Number(await names.get(name)) * 2,
    });
    expect(await aTestNotebook().show('const n = 4', '%double n')).toBe('8');
  });

  test('makes a magic that %lsmagic, help and suggestions know', async () => {
    forgetLater('frobnicate');
    registerLineMagic('frobnicate', { summary: 'does it', usage: 'what', run: () => undefined });
    expect(await aTestNotebook().show('%lsmagic')).toMatch(/^%frobnicate +does it$/m);
    expect((await aTestNotebook().run('%frobnicate?')).outcome).toMatchObject({
      payloads: [{ data: { 'text/plain': '%frobnicate what\n  does it\n' } }],
    });
    expect(await aTestNotebook().show('%frobnicat')).toContain('did you mean %frobnicate?');
  });

  test('replaces one of the same name', async () => {
    forgetLater('pwd');
    registerLineMagic('pwd', { summary: 'returns where we are', run: () => 'here' });
    expect(await aTestNotebook().show('%pwd')).toBe("'here'");
  });

  test('refuses a name that could not be written behind %', () => {
    expect(() => registerLineMagic('a b', { summary: '', run: () => 1 })).toThrow(
      '%: expected a magic\'s name of letters, digits and "_", got "a b"',
    );
  });
});

describe('registerCellMagic', () => {
  test('makes a magic that gets its cell as it is, and has a value', async () => {
    forgetLater('sql');
    registerCellMagic('sql', { summary: 'asks a database', run: (args, body) => [args, body] });
    expect(await aTestNotebook().show('%%sql --db a\nSELECT {x}\n!FROM y')).toBe(
      "[ '--db a', 'SELECT {x}\\n!FROM y' ]",
    );
  });

  test('makes a magic that displays', async () => {
    forgetLater('shout');
    registerCellMagic('shout', {
      summary: 'shouts',
      run: (_args, body, { output }) => output.write('stdout', body.toUpperCase()),
    });
    expect((await aTestNotebook().run('%%shout\nab')).printed).toBe('AB');
  });
});
