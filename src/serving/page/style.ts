/** The look of the page with the form, light and dark. */
export const pageCss: string = `
:root {
  color-scheme: light dark;
  --page: light-dark(#fbfbfa, #14161a);
  --card: light-dark(#ffffff, #1b1e24);
  --ink: light-dark(#1d2127, #e4e7ec);
  --soft: light-dark(#667080, #949eae);
  --line: light-dark(#c8cdd4, #444b57);
  --accent: light-dark(#2457c5, #83a9ff);
  --on-accent: light-dark(#ffffff, #101318);
  --bad: light-dark(#ad1f2d, #ff9a9f);
}
* { box-sizing: border-box; }
body { margin: 0; background: var(--page); color: var(--ink); font: 16px/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "Liberation Sans", sans-serif; }
main { max-width: 46rem; margin: 0 auto; padding: 2.5rem 1.25rem 3rem; }
h1 { margin: 0; font-size: 1.6rem; line-height: 1.25; letter-spacing: -.015em; overflow-wrap: anywhere; }
h2 { margin: 0 0 .5rem; font-size: .9rem; color: var(--soft); }
p { margin: 0; }
header { margin-bottom: 1.75rem; }
.soft { color: var(--soft); font-weight: 400; }
.fields { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(15rem, 100%), 1fr)); gap: 1.1rem 1.25rem; }
label { display: block; margin-bottom: .3rem; font-size: .9rem; font-weight: 600; overflow-wrap: anywhere; }
input, select, button { font: inherit; border-radius: .45rem; }
input, select { width: 100%; min-height: 2.75rem; padding: .5rem .7rem; color: inherit; background: var(--card); border: 1px solid var(--line); }
button { margin-top: 1.4rem; min-height: 2.75rem; padding: .5rem 1.6rem; border: 0; color: var(--on-accent); background: var(--accent); font-weight: 600; cursor: pointer; }
button:hover { filter: brightness(1.08); }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
[aria-invalid="true"] { border-color: var(--bad); border-width: 2px; }
.error { color: var(--bad); font-size: .88rem; overflow-wrap: anywhere; }
.error:not(:empty) { margin-top: .3rem; }
.answer { min-height: 3.2rem; margin: 1.75rem 0; }
#result { font-size: 1.5rem; font-weight: 600; letter-spacing: -.01em; overflow-wrap: anywhere; }
ul { list-style: none; margin: .6rem 0 0; padding: 0; display: grid; gap: .4rem; }
li { display: grid; grid-template-columns: minmax(4rem, 28%) 1fr 4.2rem; gap: .8rem; align-items: center; font-size: .92rem; }
li span { overflow-wrap: anywhere; }
.bar { height: .6rem; border-radius: .3rem; background: light-dark(#e8ebef, #2a2f38); overflow: hidden; }
.bar i { display: block; height: 100%; border-radius: .3rem; background: var(--accent); }
.share { text-align: right; font-variant-numeric: tabular-nums; }
pre { margin: 0; padding: .85rem 1rem; border: 1px solid var(--line); border-radius: .45rem; background: var(--card); white-space: pre-wrap; overflow-wrap: anywhere; font: .84rem/1.55 ui-monospace, "SF Mono", Menlo, Consolas, "DejaVu Sans Mono", "Liberation Mono", monospace; }
footer { display: flex; gap: 1.25rem; margin-top: 2rem; font-size: .9rem; }
a { color: var(--accent); text-underline-offset: .15em; }
@media (prefers-reduced-motion: no-preference) { .bar i { transition: width .25s ease-out; } }
`;

/** The page's icon: two bars, one longer. */
export const pageIcon: string =
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 16"><rect width="16" height="16" rx="4" fill="#2457c5"/>' +
  '<rect x="3" y="4" width="10" height="3" rx="1" fill="#fff"/><rect x="3" y="9" width="6" height="3" rx="1" fill="#fff"/></svg>';

/** Swagger UI without its search bar, and with labels that can be read in the dark. */
export const docsCss: string = `
.swagger-ui .topbar { display: none; }
.dark-mode .swagger-ui .examples-select__section-label { color: inherit; }
`;
