import { Html } from './html.ts';

/** Colours a cell's source, in the colours of the light and of the dark page at once (CSS variables). */
export type Highlight = (source: string) => Html;

const languages: Readonly<Record<string, string>> = {
  ts: 'typescript',
  mts: 'typescript',
  js: 'typescript',
  mjs: 'typescript',
  json: 'json',
  sh: 'shellscript',
  bash: 'shellscript',
};

/** Returns a highlighter for TypeScript cells, and for what `%%bash` and `%%writefile` cells hold. */
export async function createHighlight(): Promise<Highlight> {
  const [{ createHighlighterCore }, { createJavaScriptRegexEngine }, ...grammarsAndThemes] = await Promise.all([
    import('shiki/core'),
    import('shiki/engine/javascript'),
    import('shiki/langs/typescript.mjs'),
    import('shiki/langs/json.mjs'),
    import('shiki/langs/shellscript.mjs'),
    import('shiki/themes/github-light.mjs'),
    import('shiki/themes/github-dark.mjs'),
  ]);
  const [typescript, json, shell, light, dark] = grammarsAndThemes;
  const highlighter = await createHighlighterCore({
    langs: [typescript.default, json.default, shell.default],
    themes: [light.default, dark.default],
    engine: createJavaScriptRegexEngine(),
  });
  return (source) => {
    const options = { themes: { light: 'github-light', dark: 'github-dark' }, defaultColor: false } as const;
    return new Html(highlighter.codeToHtml(source.replace(/\n+$/, ''), { ...options, lang: languageOf(source) }));
  };
}

function languageOf(source: string): string {
  const [, magic, rest = ''] = /^%%(\w+)(.*)/.exec(source) ?? [];
  if (magic === 'bash' || magic === 'sh') return 'shellscript';
  if (magic !== 'writefile') return 'typescript';
  const extension = /\.(\w+)\s*$/.exec(rest)?.[1] ?? '';
  return languages[extension] ?? 'text';
}
