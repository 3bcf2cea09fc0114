import type { MimeBundle } from '../../thread-messages.ts';
import { chartBundle } from './charts.ts';
import { isPlainObject } from './plain-object.ts';

/** How objects of other libraries show themselves: the method or property that tells, and what becomes of its value. */
const CONVENTIONS: ReadonlyArray<
  readonly [name: string, bundle: (value: unknown) => MimeBundle | undefined, ...args: readonly unknown[]]
> = [
  // Vega-Lite's and others' builders of specifications.
  ['toSpec', (spec) => (isPlainObject(spec) ? chartBundle(spec) : undefined)],
  // Elements, also of DOMs outside of browsers.
  ['outerHTML', markupBundle],
  // Canvases.
  ['toDataURL', dataUrlBundle, 'image/png'],
  ['toSVG', markupBundle],
  // Data frames.
  ['toHTML', markupBundle],
];

/** Returns the MIME bundle of an object that follows a convention of elements, canvases, charts or data frames. */
export function foreignBundle(value: object): MimeBundle | undefined {
  for (const [name, bundle, ...args] of CONVENTIONS) {
    if (!(name in value)) continue;
    const member: unknown = Reflect.get(value, name);
    const found = bundle(typeof member === 'function' ? Reflect.apply(member, value, args) : member);
    if (found !== undefined) return found;
  }
  return undefined;
}

function markupBundle(markup: unknown): MimeBundle | undefined {
  if (typeof markup !== 'string') return undefined;
  return { [/^\s*<svg[\s/>]/.test(markup) ? 'image/svg+xml' : 'text/html']: markup };
}

function dataUrlBundle(url: unknown): MimeBundle | undefined {
  const parts = typeof url === 'string' ? /^data:(image\/[\w.+-]+);base64,(.*)$/s.exec(url) : null;
  return parts === null ? undefined : { [parts[1]!]: parts[2] };
}
