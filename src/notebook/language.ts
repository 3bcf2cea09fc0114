import { NotebookLanguageError } from '../base/errors.ts';
import type { Notebook } from './document.ts';

const languages: ReadonlySet<string> = new Set(['typescript', 'javascript']);
const kernels: ReadonlySet<string> = new Set([...languages, 'labmill', 'tslab', 'jslab', 'deno']);

/**
 * Checks that a notebook is written in TypeScript or JavaScript, by the language it names or else by its kernel.
 * A notebook that names neither is taken as TypeScript.
 *
 * @throws NotebookLanguageError for any other language
 */
export function requireTypeScript(notebook: Notebook, where: string): void {
  const { kernelspec, language_info: languageInfo } = notebook.metadata;
  const language = textOf(kernelspec, 'language') ?? textOf(languageInfo, 'name');
  const kernel = textOf(kernelspec, 'name');
  const isOurs =
    language === undefined
      ? kernel === undefined || kernels.has(kernel.toLowerCase())
      : languages.has(language.toLowerCase());
  if (isOurs) return;
  const named = language === undefined ? `for the kernel ${JSON.stringify(kernel)}` : `in ${JSON.stringify(language)}`;
  throw new NotebookLanguageError(`${where}: expected a notebook in TypeScript or JavaScript, got one ${named}`);
}

function textOf(holder: unknown, key: string): string | undefined {
  if (typeof holder !== 'object' || holder === null) return undefined;
  const value = (holder as Record<string, unknown>)[key];
  return typeof value === 'string' && value !== '' ? value : undefined;
}
