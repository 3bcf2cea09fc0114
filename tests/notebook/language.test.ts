import { requireTypeScript } from 'labmill/notebook';
import { describe, expect, test } from 'vitest';
import { aNotebook } from '../support/a-notebook.ts';

describe('requireTypeScript', () => {
  test.each([
    ['no metadata', {}],
    ['our kernel', { kernelspec: { name: 'labmill' } }],
    ['tslab', { kernelspec: { name: 'tslab', language: 'typescript' } }],
    ['jslab', { kernelspec: { name: 'jslab' }, language_info: { name: 'javascript' } }],
    ['deno', { kernelspec: { name: 'deno' } }],
    ['a language in capitals', { language_info: { name: 'TypeScript' } }],
    ['a kernel of another name for the language', { kernelspec: { name: 'mine', language: 'typescript' } }],
  ])('accepts %s', (_, metadata) => {
    expect(() => requireTypeScript(aNotebook([], { metadata }), 'a.ipynb')).not.toThrow();
  });

  test.each([
    [{ kernelspec: { name: 'python3' } }, 'for the kernel "python3"'],
    [{ kernelspec: { name: 'ir', language: 'R' } }, 'in "R"'],
    [{ language_info: { name: 'python' } }, 'in "python"'],
    [{ kernelspec: { name: 'labmill' }, language_info: { name: 'python' } }, 'in "python"'],
  ])('refuses %j', (metadata, named) => {
    expect(() => requireTypeScript(aNotebook([], { metadata }), 'a.ipynb')).toThrow(
      expect.objectContaining({
        code: 'ERR_NOTEBOOK_LANGUAGE',
        exitCode: 2,
        message: `a.ipynb: expected a notebook in TypeScript or JavaScript, got one ${named}`,
      }),
    );
  });
});
