import { element } from './element.ts';
import { escapeMarkup } from '../../base/escape-markup.ts';

const plotlyEntities: ReadonlyMap<string, string> = new Map([
  ['amp', '&'],
  ['lt', '<'],
  ['gt', '>'],
  ['quot', '"'],
  ['#39', "'"],
  ['nbsp', '\u00a0'],
  ['deg', '°'],
  ['mu', 'μ'],
  ['times', '×'],
  ['plusmn', '±'],
]);

/**
 * Returns the lines a reader sees of a Plotly text, which is a small HTML:
 * `<br>` breaks the line, other tags (`<b>`, `<i>`, `<sub>`) only style, entities stand for characters.
 */
export function plotlyLines(text: string): string[] {
  return text.split(/<br\s*\/?>|\n/i).map((line) =>
    line
      .replace(/<\/?[a-z][^<>]*>/gi, '')
      .replace(/&(#?\w+);/g, (entity, name: string) => plotlyEntities.get(name) ?? entity)
      .trim(),
  );
}

/** Returns `text` such that plotly.js (and `plotlyLines`) show it as it is, markup included. */
export function plotlyText(text: string): string {
  return text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');
}

/** Widths in em by group of characters, those of DejaVu Sans, the widest of the usual sans-serifs: nothing gets clipped. */
const widths: readonly (readonly [RegExp, number])[] = [
  [/[ijlI|!'’.,:;· ]/, 0.3],
  [/[ftr()[\]{}/\\\-"*]/, 0.4],
  [/[ckszvxyJ]/, 0.57],
  [/[mwMW@%—±→≤≥−+=]/, 0.9],
  [/[A-Z&]/, 0.7],
  [/[\u1100-\u11ff\u2e80-\uffef]/, 1],
  [/./su, 0.63],
];

/** How much wider bold text runs. */
export const boldRatio = 1.1;

/** Returns the estimated width of one line of `text` in pixels. No font is read, so it is the same on every machine. */
export function textWidth(text: string, fontSize: number): number {
  let em = 0;
  for (const character of text) em += widths.find(([group]) => group.test(character))![1];
  return em * fontSize;
}

/** Returns `text` broken at spaces into lines not wider than `maxWidth`, and cut with an ellipsis after `maxLines`. */
export function wrapText(text: string, fontSize: number, maxWidth: number, maxLines = 3): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    const longer = line === '' ? word : `${line} ${word}`;
    if (line !== '' && textWidth(longer, fontSize) > maxWidth) {
      lines.push(line);
      line = word;
    } else line = longer;
  }
  lines.push(line);
  const kept = lines.slice(0, maxLines);
  if (lines.length > maxLines) kept[maxLines - 1] += '…';
  return kept.map((each) => cutText(each, fontSize, maxWidth));
}

/** Returns `text`, shortened with an ellipsis when it is wider than `maxWidth`. */
export function cutText(text: string, fontSize: number, maxWidth: number): string {
  if (textWidth(text, fontSize) <= maxWidth) return text;
  const characters = Array.from(text);
  while (characters.length > 1 && textWidth(`${characters.join('')}…`, fontSize) > maxWidth) characters.pop();
  return `${characters.join('').trimEnd()}…`;
}

/** How and where a text stands. */
export interface TextStyle {
  readonly x: number;
  readonly y: number;
  readonly size: number;
  readonly anchor?: 'start' | 'middle' | 'end';
  readonly tone?: 'text' | 'muted';
  readonly color: string;
  readonly weight?: number;
  readonly rotate?: number;
}

/** Returns an SVG text element at baseline (`x`, `y`). */
export function textElement(text: string, style: TextStyle): string {
  const { x, y, size, anchor = 'start', tone = 'text', color, weight, rotate } = style;
  const transform =
    rotate === undefined ? undefined : `rotate(${rotate} ${Math.round(x * 10) / 10} ${Math.round(y * 10) / 10})`;
  return element(
    'text',
    {
      class: `lm-${tone}`,
      x,
      y,
      fill: color,
      'font-size': size,
      'font-weight': weight,
      'text-anchor': anchor === 'start' ? undefined : anchor,
      transform,
    },
    [escapeMarkup(text)],
  );
}
