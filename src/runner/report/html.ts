import { escapeMarkup } from '../../base/escape-markup.ts';

/** Text that is HTML already; everything else that gets into a page is escaped on the way. */
export class Html {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }

  toString(): string {
    return this.text;
  }
}

/** What a template takes: text is escaped, HTML is not, a list is its parts, `undefined` and `false` are nothing. */
export type Fragment = Html | string | number | undefined | false | readonly Fragment[];

/** Makes HTML: the template's own text is taken as it is, every value in it is escaped unless it is `Html`. */
export function html(strings: TemplateStringsArray, ...values: readonly Fragment[]): Html {
  return new Html(strings.map((text, index) => text + (index < values.length ? toText(values[index]) : '')).join(''));
}

function toText(value: Fragment): string {
  if (value === undefined || value === false) return '';
  if (value instanceof Html) return value.text;
  if (typeof value === 'object') return value.map(toText).join('');
  return escapeMarkup(String(value));
}
