import { escapeMarkup } from '../../../base/escape-markup.ts';
import type { MimeBundle } from '../../thread-messages.ts';

/** The method with which a value shows itself (as in Deno's kernel): it returns a MIME bundle, or a promise of one. */
export const DISPLAY: symbol = Symbol.for('Jupyter.display');

/** How much of a source stands for it where only text can be shown. */
const MAX_FALLBACK_LENGTH = 1000;
/** MIME types whose data a person can read. */
const SOURCES = ['text/markdown', 'text/latex', 'text/html', 'image/svg+xml'];

/** Something to show: what `html`, `md`, `image` and their like return. As text it is its own source. */
export class Fragment {
  static {
    // Defined here, not as a method: declarations are made file by file, which forbids computed method names.
    Object.defineProperty(Fragment.prototype, DISPLAY, {
      value(this: Fragment) {
        return this.data;
      },
    });
  }

  readonly data: MimeBundle;
  /** What is said of the data, by MIME type. */
  readonly metadata: MimeBundle;

  constructor(data: MimeBundle, metadata: MimeBundle = {}) {
    this.data = { ...data, 'text/plain': data['text/plain'] ?? fallbackText(data) };
    this.metadata = metadata;
  }

  /** The fragment inside of text: its HTML, SVG or Markdown. */
  toString(): string {
    return sourceOf(this.data) ?? String(this.data['text/plain']);
  }
}

/** Returns what a fragment says of its data, by MIME type; `undefined` for other values. */
export function metadataOf(value: unknown): MimeBundle | undefined {
  return value instanceof Fragment ? value.metadata : undefined;
}

/** Returns a bundle as a piece of HTML: as it is where it has HTML or SVG, an image for an image, else its text. */
export function htmlOf(data: MimeBundle): string {
  const markup = data['text/html'] ?? data['image/svg+xml'];
  if (typeof markup === 'string') return markup;
  const imageType = Object.keys(data).find((type) => type.startsWith('image/'));
  if (imageType === undefined) return escapeMarkup(String(data['text/plain']));
  return `<img src="data:${imageType};base64,${escapeMarkup(String(data[imageType]))}">`;
}

/** Returns what is shown of a bundle where only text can be shown: its source, or which MIME types it has. */
export function fallbackText(data: MimeBundle): string {
  const source = sourceOf(data);
  if (source === undefined) return `[${Object.keys(data).join(', ')}]`;
  return source.length <= MAX_FALLBACK_LENGTH ? source : `${source.slice(0, MAX_FALLBACK_LENGTH)}…`;
}

function sourceOf(data: MimeBundle): string | undefined {
  return SOURCES.map((type) => data[type]).find((source) => typeof source === 'string');
}
