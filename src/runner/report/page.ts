import { type Fragment, html } from './html.ts';
import { style } from './style.ts';

/** No script, no network, whatever a notebook put into the page; pictures and sounds are in the file itself. */
const policy =
  "default-src 'none'; img-src data:; media-src data:; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'";

/** Returns a page of a report: one file that needs nothing else. */
export function page(title: string, body: Fragment): string {
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta http-equiv="Content-Security-Policy" content="${policy}" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <meta name="generator" content="labmill" />
        <title>${title}</title>
        <style>
          ${style}
        </style>
      </head>
      <body>
        ${body}
        <footer>Made by <code>labmill run</code>. One file, no scripts, no network.</footer>
      </body>
    </html> `.text;
}
