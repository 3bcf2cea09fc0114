import { expect, test } from 'vitest';
import { SourceCompiler } from '../../../../src/kernel/runtime/modules/source-compiler.ts';
import type { FromRuntime } from '../../../../src/kernel/thread-messages.ts';

const source = { file: '/n/a.ts', title: 'a.ts', text: '1' };

test('a source is sent, and its own answer taken', async () => {
  const posted: FromRuntime[] = [];
  const sources = new SourceCompiler((message) => void posted.push(message));
  const [first, second] = [sources.compile(source), sources.compile({ ...source, text: '2' })];
  expect(posted).toEqual([
    { type: 'compile', request: 1, source },
    { type: 'compile', request: 2, source: { ...source, text: '2' } },
  ]);
  sources.onCompiled({ type: 'compiled', request: 2, status: 'ok', code: 'two', names: ['b'] });
  sources.onCompiled({ type: 'compiled', request: 1, status: 'ok', code: 'one', names: ['a'] });
  expect(await first).toMatchObject({ code: 'one', names: ['a'] });
  expect(await second).toMatchObject({ code: 'two', names: ['b'] });
});

test('a source that is no program gives an error at its place', async () => {
  const sources = new SourceCompiler(() => {});
  const compiled = sources.compile(source);
  sources.onCompiled({
    type: 'compiled',
    request: 1,
    status: 'error',
    message: 'Unexpected token',
    line: 2,
    column: 3,
  });
  await expect(compiled).rejects.toMatchObject({
    name: 'SyntaxError',
    stack: 'SyntaxError: Unexpected token\n    at /n/a.ts:2:3',
  });
});
