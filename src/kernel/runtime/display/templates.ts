import { escapeMarkup } from '../../../base/escape-markup.ts';
import { Fragment, htmlOf } from './fragment.ts';
import { mimeBundle } from './mime-bundle.ts';
import { plainText } from './plain-text.ts';

const text: (value: unknown) => string = String;

/** Makes a fragment: as the tag of a template, whose values are inserted, or as a function of the finished source. */
export type Template = (source: TemplateStringsArray | string, ...values: readonly unknown[]) => Fragment;

/**
 * HTML. Inserted text is escaped; fragments and other values that show themselves as HTML or images are inserted as such; of
 * an array, item after item; `undefined`, `null` and booleans are left out.
 */
export const html: Template = template('text/html', markupOf);

/** SVG. Values are inserted as into `html`. */
export const svg: Template = template('image/svg+xml', markupOf);

/** Markdown. Values are inserted as they are. */
export const md: Template = template('text/markdown', text);

/**
 * LaTeX; backslashes need no doubling. What has no delimiter of a formula (`$`, `\(`, `\[`, `\begin`) is one, on its own line.
 *
 * ```ts
 * latex`\bar x = \frac{1}{n} \sum_i x_i`;
 * ```
 */
export const latex: Template = (source, ...values) => {
  const formula = typeof source === 'string' ? source : String.raw(source, ...values);
  return new Fragment({ 'text/latex': /\$|\\[([]|\\begin\b/.test(formula) ? formula : `$$${formula}$$` });
};

/**
 * Returns the maker of fragments of one MIME type.
 *
 * @param insert makes text of the values of a template
 */
export function template(type: string, insert: (value: unknown) => string): Template {
  return (source, ...values) => {
    if (typeof source === 'string') return new Fragment({ [type]: source });
    const [first = '', ...rest] = source;
    return new Fragment({ [type]: rest.reduce((all, part, index) => all + insert(values[index]) + part, first) });
  };
}

function markupOf(value: unknown): string {
  if (value === undefined || value === null || typeof value === 'boolean') return '';
  if (Array.isArray(value)) return value.map(markupOf).join('');
  if (typeof value !== 'object') return escapeMarkup(text(value));
  const data = mimeBundle(value);
  const isRich = !(data instanceof Promise) && Object.keys(data).length > 1;
  return isRich ? htmlOf(data) : escapeMarkup(objectText(value));
}

/** Dates, URLs and others have a text of their own. */
function objectText(value: object): string {
  const method: unknown = Reflect.get(value, 'toString');
  const isOwn = typeof method === 'function' && method !== Object.prototype.toString;
  return isOwn ? text(value) : plainText(value);
}
