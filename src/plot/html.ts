import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { PlotlyFigure } from './plotly-json.ts';
import { escapeMarkup } from '../base/escape-markup.ts';
import { dark, fontFamily, light, plotlyTemplate } from './theme.ts';

/** Options of a page with interactive figures. */
export interface ToHtmlOptions {
  /** `'inline'` (default) puts plotly.js into the page, once; otherwise the URL it is served at. */
  readonly plotly?: 'inline' | (string & {});
  /** Title of the page. Default: `'Figures'`. */
  readonly title?: string;
}

/** A figure that turns into complete Plotly JSON. */
interface FigureLike extends PlotlyFigure {
  toJSON(): PlotlyFigure;
}

/** Returns where the installed plotly.js (cartesian bundle) lies and its version, for a server to serve it. */
export function plotlyBundle(): { path: string; version: string } {
  const require = createRequire(import.meta.url);
  const { version } = require('plotly.js-cartesian-dist-min/package.json') as { version: string };
  return { path: require.resolve('plotly.js-cartesian-dist-min'), version };
}

/**
 * Returns one HTML page that draws `figures` with plotly.js, in light or dark as the reader's system is.
 * With `plotly: 'inline'` the page needs no network and weighs 1.5 MB, however many figures it holds.
 */
export function interactivePage(figures: readonly FigureLike[], options: ToHtmlOptions = {}): string {
  const { plotly = 'inline', title = 'Figures' } = options;
  const library =
    plotly === 'inline' ? `<script>${inlineLibrary()}</script>` : `<script src="${escapeMarkup(plotly)}"></script>`;
  const content = { figures: figures.map(withoutTemplate), light: plotlyTemplate(light), dark: plotlyTemplate(dark) };
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${escapeMarkup(title)}</title>
<style>
body { margin: 16px auto; max-width: 960px; padding: 0 16px; font-family: ${fontFamily}; background: ${light.panel}; }
@media (prefers-color-scheme: dark) { body { background: ${dark.panel}; } }
figure { margin: 0 0 24px; }
</style>
${library}
</head>
<body>
${figures.map(() => '<figure></figure>').join('\n')}
<script type="application/json" id="figures">${scriptSafe(content)}</script>
<script>
${drawFigures}
</script>
</body>
</html>
`;
}

const drawFigures = `const { figures, light, dark } = JSON.parse(document.getElementById('figures').textContent);
const ours = matchMedia('(prefers-color-scheme: dark)').matches ? dark : light;
document.querySelectorAll('figure').forEach((place, i) => {
  const { data, layout } = figures[i];
  const filled = { template: ours, height: 420, ...layout, width: undefined };
  Plotly.newPlot(place, data, filled, { responsive: true, displaylogo: false });
});`;

/** The page holds the template once, and chooses it when it is opened; a figure's own template stays with it. */
function withoutTemplate(figure: FigureLike): PlotlyFigure {
  const { data, layout } = figure.toJSON();
  const { template: _, ...rest } = layout;
  return { data, layout: figure.layout['template'] === undefined ? rest : layout };
}

/** Returns JSON in which no text can end the script element it stands in. */
function scriptSafe(value: unknown): string {
  return JSON.stringify(value).replace(/</g, '\\u003c');
}

function inlineLibrary(): string {
  return readFileSync(plotlyBundle().path, 'utf8').replace(/<\/script/gi, '<\\/script');
}
