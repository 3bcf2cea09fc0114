import { Html } from './html.ts';

/** The look of reports, light and dark. */
export const style: Html = new Html(`
:root {
  color-scheme: light dark;
  --page: light-dark(#fbfbfa, #14161a);
  --card: light-dark(#ffffff, #1b1e24);
  --code: light-dark(#f4f5f6, #21252c);
  --ink: light-dark(#1d2127, #e4e7ec);
  --soft: light-dark(#667080, #949eae);
  --line: light-dark(#e2e5e9, #30353e);
  --accent: light-dark(#2457c5, #83a9ff);
  --good: light-dark(#17693a, #6fd39a);
  --good-back: light-dark(#e0f4e7, #173826);
  --bad: light-dark(#ad1f2d, #ff9a9f);
  --bad-back: light-dark(#fdebec, #41191f);
  --odd: light-dark(#855400, #f0c069);
  --odd-back: light-dark(#fdf2da, #3b2d10);
  --sans: system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "Liberation Sans", sans-serif;
  --mono: ui-monospace, "SF Mono", "Cascadia Code", Menlo, Consolas, "DejaVu Sans Mono", "Liberation Mono", monospace;
}
* { box-sizing: border-box; }
body { margin: 0; background: var(--page); color: var(--ink); font: 16px/1.6 var(--sans); }
main, footer { max-width: 62rem; margin: 0 auto; padding: 0 1.5rem; }
footer { padding-top: 2.5rem; padding-bottom: 3rem; color: var(--soft); font-size: .85rem; }
a { color: var(--accent); text-underline-offset: .15em; }
code, pre { font-family: var(--mono); font-size: .84rem; line-height: 1.55; }
pre { margin: 0; white-space: pre-wrap; overflow-wrap: anywhere; }

.top { max-width: 62rem; margin: 0 auto; padding: 2rem 1.5rem 0; }
.top .crumbs { color: var(--soft); font-size: .85rem; }
.top .headline { display: flex; flex-wrap: wrap; align-items: center; gap: .4rem .9rem; margin: .15rem 0 .5rem; }
.top h1 { font-size: 1.5rem; line-height: 1.3; margin: 0; letter-spacing: -.01em; }
.facts { display: flex; flex-wrap: wrap; gap: .2rem 1.4rem; color: var(--soft); font-size: .9rem; }
.facts b { color: var(--ink); font-weight: 600; }
.pill { display: inline-block; padding: .06rem .6rem; border-radius: 1rem; font-size: .78rem; font-weight: 600; white-space: nowrap; }
.pill.good { color: var(--good); background: var(--good-back); }
.pill.bad { color: var(--bad); background: var(--bad-back); }
.pill.odd { color: var(--odd); background: var(--odd-back); }
.pill.mute { color: var(--soft); background: var(--code); }

.card { background: var(--card); border: 1px solid var(--line); border-radius: .7rem; margin: 1.4rem 0; padding: 1.1rem 1.3rem; overflow-x: auto; }
.card h2 { font-size: 1rem; margin: 0 0 .6rem; }
.card.failure { border-color: var(--bad); border-left-width: 4px; }
.card.failure .what { color: var(--bad); font-weight: 600; overflow-wrap: anywhere; margin: 0 0 .2rem; }
.card.failure .where { color: var(--soft); margin: 0 0 .7rem; }
.card.failure pre { background: var(--code); border-radius: .4rem; padding: .7rem .9rem; }
.warning { color: var(--odd); font-size: .9rem; }

table { border-collapse: collapse; font-size: .92rem; font-variant-numeric: tabular-nums; }
th, td { text-align: left; padding: .38rem .9rem; border-bottom: 1px solid var(--line); vertical-align: baseline; }
th { color: var(--soft); font-weight: 600; font-size: .82rem; }
tr:last-child > td { border-bottom: 0; }
.card table { width: 100%; }
.card th:first-child, .card td:first-child { padding-left: 0; }
.number { text-align: right; white-space: nowrap; }
td.number { font-family: var(--mono); font-size: .84rem; }

.cell { display: grid; grid-template-columns: 3.6rem minmax(0, 1fr); column-gap: .9rem; margin: 1rem 0; scroll-margin-top: 1rem; }
.cell > .gutter { text-align: right; color: var(--soft); font: .78rem/1.5 var(--mono); padding-top: .72rem; }
.cell > .body { min-width: 0; }
.cell.prose { margin: 1.5rem 0; }
.prose > .body > :first-child { margin-top: 0; }
.prose > .body > :last-child { margin-bottom: 0; }
.prose > .body { max-width: 46rem; }
.prose h1 { font-size: 1.9rem; line-height: 1.25; letter-spacing: -.02em; margin: 1.6rem 0 .8rem; }
.prose h2 { font-size: 1.35rem; line-height: 1.3; margin: 1.8rem 0 .6rem; letter-spacing: -.01em; }
.prose h3 { font-size: 1.1rem; margin: 1.4rem 0 .5rem; }
.prose p, .prose ul, .prose ol { margin: .7rem 0; }
.prose :not(pre) > code, .rich :not(pre) > code { background: var(--code); padding: .1em .35em; border-radius: .25rem; }
.prose pre { background: var(--code); padding: .8rem 1rem; border-radius: .5rem; margin: .9rem 0; }
.prose blockquote { margin: 1rem 0; padding: .1rem 1.1rem; border-left: 3px solid var(--line); color: var(--soft); }
.prose img, .rich img { max-width: 100%; height: auto; }
.prose table { margin: 1rem 0; }
.source { background: var(--code); border: 1px solid var(--line); border-radius: .5rem; padding: .65rem .95rem; }
.source .shiki, .source .shiki span { color: light-dark(var(--shiki-light), var(--shiki-dark)); background: none; }
.gutter .took { font-size: .7rem; opacity: .85; white-space: nowrap; }
.source .pill { float: right; margin: 0 0 .2rem .8rem; }
.cell.bad .source { border-color: var(--bad); border-left-width: 4px; }
.cell.idle .source { opacity: .6; }
.outputs { padding: .5rem 0 0; display: grid; gap: .5rem; min-width: 0; }
.outputs > * { min-width: 0; }
.outputs pre { padding: .15rem .95rem; max-height: 34rem; overflow: auto; }
.outputs .stderr { border-left: 3px solid var(--odd); }
.outputs .error { background: var(--bad-back); border-radius: .5rem; padding: .65rem .95rem; }
.outputs .picture { max-width: 100%; height: auto; background: #fff; border-radius: .5rem; border: 1px solid var(--line); }
.rich { padding: 0 .95rem; overflow-x: auto; }
.result { display: flex; flex-wrap: wrap; align-items: baseline; gap: .3rem 1rem; padding: .7rem 1rem; background: var(--card); border: 1px solid var(--line); border-radius: .5rem; }
.result .figure { font: 600 1.02rem var(--mono); }
.ansi-bold { font-weight: 600; }
${ansiColours()}
@media (max-width: 40rem) {
  .cell { grid-template-columns: minmax(0, 1fr); }
  .cell > .gutter { display: flex; gap: .6rem; align-items: baseline; text-align: left; padding: 0 0 .15rem; }
  .cell.prose > .gutter { display: none; }
}
@media print { .outputs pre { max-height: none; } .card, .cell { break-inside: avoid; } }
`);

/** The sixteen terminal colours, each readable on the page's light and dark ground. */
function ansiColours(): string {
  const colours = {
    black: ['#1d2127', '#9aa4b2'],
    red: ['#b3202e', '#ff8f96'],
    green: ['#17693a', '#6fd39a'],
    yellow: ['#855400', '#f0c069'],
    blue: ['#2457c5', '#83a9ff'],
    magenta: ['#8b2f9e', '#e09bf0'],
    cyan: ['#0b6b78', '#6bd3e0'],
    white: ['#667080', '#e4e7ec'],
  };
  return Object.entries(colours)
    .flatMap(([name, [light, dark]]) =>
      [name, `bright-${name}`].flatMap((each) => [
        `.ansi-${each}-fg { color: light-dark(${light}, ${dark}); }`,
        `.ansi-${each}-bg { background: light-dark(${light}33, ${dark}33); }`,
      ]),
    )
    .join('\n');
}
