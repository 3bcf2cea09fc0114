import { AnsiUp } from 'ansi_up';
import type { ErrorOutput, MimeBundle, Output } from '../../notebook/document.ts';
import { resultData, resultMime } from '../measured-results.ts';
import { formatFigure, verdictOf } from '../result-rows.ts';
import { type Fragment, Html, html } from './html.ts';
import type { RenderProse } from './prose.ts';
import type { Sanitize } from './sanitize.ts';
import { pill } from './pill.ts';

/** What outputs are rendered with. */
export interface OutputRenderers {
  readonly sanitize: Sanitize;
  readonly prose: RenderProse;
}

/** Text over this is cut: a report of everything that a loop wrote would not open in a browser. */
const maxTextLength = 200_000;

/** Returns one output of a cell as HTML. */
export function renderOutput(output: Output, renderers: OutputRenderers): Html {
  switch (output.output_type) {
    case 'stream':
      return html`<pre class="stream ${output.name === 'stderr' && 'stderr'}">${ansi(output.text)}</pre>`;
    case 'error':
      return html`<pre class="error">${ansi(tracebackOf(output))}</pre>`;
    default:
      return renderBundle(output.data, renderers);
  }
}

function tracebackOf({ traceback, ename, evalue }: ErrorOutput): string {
  return traceback.length > 0 ? traceback.join('\n') : `${ename}: ${evalue}`;
}

const pictures = ['image/png', 'image/jpeg', 'image/gif', 'image/webp'];

/** The richest form that needs no script comes first: a figure's SVG stands before its interactive HTML. */
function renderBundle(bundle: MimeBundle, { sanitize, prose }: OutputRenderers): Html {
  const text = (mime: string): string | undefined => {
    const data = bundle[mime];
    return typeof data === 'string' ? data : undefined;
  };
  const result = resultData(bundle[resultMime]);
  if (result !== undefined) return renderResult(result);
  const svg = text('image/svg+xml');
  if (svg !== undefined) return picture('image/svg+xml', Buffer.from(svg).toString('base64'), text('text/plain'));
  const mime = pictures.find((each) => text(each) !== undefined);
  if (mime !== undefined) return picture(mime, text(mime)!.replaceAll(/\s/g, ''), text('text/plain'));
  const rich = text('text/html');
  if (rich !== undefined) return html`<div class="rich">${sanitize(rich)}</div>`;
  const markdown = text('text/markdown');
  if (markdown !== undefined) return html`<div class="rich">${prose(markdown)}</div>`;
  const plain = text('text/plain') ?? text('text/latex') ?? jsonOf(bundle);
  return html`<pre class="value">${ansi(plain)}</pre>`;
}

function renderResult(result: NonNullable<ReturnType<typeof resultData>>): Html {
  return html`<div class="result">
    <span class="measure">${result.measure}</span>
    <span class="figure">${formatFigure(result)}</span>
    ${pill(verdictOf(result.passed))}
  </div>`;
}

/** As the source of an `img`, an SVG cannot run scripts or load anything. */
function picture(mime: string, base64: string, description: Fragment): Html {
  return html`<img class="picture" src="data:${mime};base64,${base64}" alt="${description ?? 'picture'}" />`;
}

function jsonOf(bundle: MimeBundle): string {
  const [mime, data] = Object.entries(bundle)[0] ?? ['an empty output', ''];
  return bundle['application/json'] === undefined
    ? `(${mime}) ${JSON.stringify(data)}`
    : JSON.stringify(bundle['application/json'], null, 2);
}

function ansi(text: string): Html {
  const painter = new AnsiUp();
  painter.use_classes = true;
  painter.url_allowlist = {};
  const shown = text.length <= maxTextLength ? text : `${text.slice(0, maxTextLength)}\n… cut in this report`;
  return new Html(painter.ansi_to_html(shown.replace(/\n$/, '')));
}
