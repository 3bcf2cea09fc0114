import { Fragment } from '../display/fragment.ts';
import type { CellMagic } from './registry.ts';

/** Cell magics that show the cell, by name. */
export const showing: Readonly<Record<string, CellMagic>> = {
  html: showMagic('text/html', 'HTML'),
  javascript: showMagic('application/javascript', 'JavaScript, which the browser runs'),
  latex: showMagic('text/latex', 'LaTeX'),
  markdown: showMagic('text/markdown', 'Markdown'),
  svg: showMagic('image/svg+xml', 'SVG'),
};

function showMagic(type: string, what: string): CellMagic {
  return {
    summary: `shows the cell as ${what}`,
    run: (_args, body, { output }) => output.display(new Fragment({ [type]: body, 'text/plain': body }).data),
  };
}
