import { escapeMarkup } from '../../base/escape-markup.ts';

type Attributes = Readonly<Record<string, string | number | undefined>>;

/** Returns one SVG element as text; `children` are elements already written. Undefined attributes are left out. */
export function element(tag: string, attributes: Attributes, children: readonly string[] = []): string {
  const written = Object.entries(attributes)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => ` ${name}="${escapeMarkup(typeof value === 'number' ? coordinate(value) : value!)}"`)
    .join('');
  return children.length === 0 ? `<${tag}${written}/>` : `<${tag}${written}>${children.join('')}</${tag}>`;
}

/** Returns a pixel position to a tenth of a pixel: finer cannot be seen, and keeps files small and the same everywhere. */
export function coordinate(value: number): string {
  const rounded = Math.round(value * 10) / 10;
  return String(rounded === 0 ? 0 : rounded);
}
