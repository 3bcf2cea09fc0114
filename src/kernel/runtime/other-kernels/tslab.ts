import { randomUUID } from 'node:crypto';
import { fallbackText } from '../display/fragment.ts';
import { sendable } from '../display/mime-bundle.ts';
import type { Output } from '../output.ts';

/** What tslab's `display` shows; one of `newDisplay()` shows it in the place of what it has shown before. */
export interface TslabDisplay {
  javascript(source: string): void;
  html(source: string): void;
  markdown(source: string): void;
  latex(source: string): void;
  svg(source: string): void;
  png(data: Uint8Array): void;
  jpeg(data: Uint8Array): void;
  gif(data: Uint8Array): void;
  pdf(data: Uint8Array): void;
  text(text: string): void;
  raw(contentType: string, data: string | Uint8Array): void;
}

/** What the package `tslab` (1.0.22) offers the cells of its kernel. */
export interface Tslab {
  readonly display: TslabDisplay;
  readonly newDisplay: () => TslabDisplay;
  readonly versions: { readonly tslab: string; readonly typescript: string; readonly node: string };
}

/** Returns what notebooks made for tslab use of it. */
export function tslab(output: Pick<Output, 'display'>): Tslab {
  return {
    display: displayOf((data) => output.display(data)),
    newDisplay() {
      const id = randomUUID();
      let isShown = false;
      return displayOf((data) => {
        output.display(data, id, isShown);
        isShown = true;
      });
    },
    versions: { tslab: '1.0.22', typescript: '5.0.4', node: process.version },
  };
}

function displayOf(show: (data: Record<string, unknown>) => void): TslabDisplay {
  const raw = (contentType: string, content: string | Uint8Array): void => {
    const data = sendable({ [contentType]: content });
    show({ ...data, 'text/plain': data['text/plain'] ?? fallbackText(data) });
  };
  const shows =
    (contentType: string) =>
    (content: string | Uint8Array): void =>
      raw(contentType, content);
  return {
    javascript: shows('text/javascript'),
    html: shows('text/html'),
    markdown: shows('text/markdown'),
    latex: shows('text/latex'),
    svg: shows('image/svg+xml'),
    png: shows('image/png'),
    jpeg: shows('image/jpeg'),
    gif: shows('image/gif'),
    pdf: shows('application/pdf'),
    text: shows('text/plain'),
    raw,
  };
}
