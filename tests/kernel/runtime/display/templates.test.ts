import { describe, expect, test } from 'vitest';
import { Fragment } from '../../../../src/kernel/runtime/display/fragment.ts';
import { html, latex, md, svg } from '../../../../src/kernel/runtime/display/templates.ts';

const DISPLAY = Symbol.for('Jupyter.display');

describe('html', () => {
  test.each([
    ['text, escaped', '<b>&"', '&lt;b&gt;&amp;&quot;'],
    ['a number', 1.5, '1.5'],
    ['a fragment as it is', html`<b>x</b>`, '<b>x</b>'],
    ['SVG as it is', svg`<svg/>`, '<svg/>'],
    ['items one after another', ['<', html('<i>'), 1], '&lt;<i>1'],
    ['nothing for undefined', undefined, ''],
    ['nothing for null', null, ''],
    ['nothing for a condition that does not hold', false, ''],
    ['a value that shows itself as HTML', { [DISPLAY]: () => ({ 'text/html': '<u>' }) }, '<u>'],
    ['an image', { [DISPLAY]: () => ({ 'image/png': 'AAAA' }) }, '<img src="data:image/png;base64,AAAA">'],
    ['a Map as a table', new Map([[1, 2]]), expect.stringContaining('<table')],
    ['a URL as its text', new URL('https://x.test/?a&b'), 'https://x.test/?a&amp;b'],
    ['an object as its text', { a: '<' }, '{ a: &#39;&lt;&#39; }'],
  ])('inserts %s', (_what, value, markup) => {
    const { data } = html`[${value}]`;
    expect(data['text/html']).toEqual(typeof markup === 'string' ? `[${markup}]` : markup);
  });

  test('is a function of the finished source, too', () => {
    expect(html('<b>x</b>').data).toEqual({ 'text/html': '<b>x</b>', 'text/plain': '<b>x</b>' });
  });
});

describe('svg', () => {
  test('escapes what is inserted', () => {
    expect(svg`<svg><text>${'a < b'}</text></svg>`.data['image/svg+xml']).toBe('<svg><text>a &lt; b</text></svg>');
  });
});

describe('md', () => {
  test('inserts values as they are', () => {
    expect(md`# ${'**x**'} is ${1}, \`code\``.data['text/markdown']).toBe('# **x** is 1, `code`');
  });
});

describe('latex', () => {
  test.each([
    ['a formula', latex`\frac{${1}}{n}`, '$$\\frac{1}{n}$$'],
    ['text with a formula', latex`where $\bar x$ is`, 'where $\\bar x$ is'],
    ['an environment', latex`\begin{align}x\end{align}`, '\\begin{align}x\\end{align}'],
    ['a source', latex('x^2'), '$$x^2$$'],
  ])('shows %s', (_what, { data }, source) => {
    expect(data['text/latex']).toBe(source);
  });
});

describe('a fragment', () => {
  test('shows itself, and is its own source as text', () => {
    const fragment = html`<b>x</b>`;
    expect(Reflect.get(fragment, DISPLAY).call(fragment)).toBe(fragment.data);
    expect(String(fragment)).toBe('<b>x</b>');
  });

  test.each([
    ['its source', { 'text/html': '<b>' }, '<b>'],
    ['what a person can read best', { 'text/html': '<b>', 'text/markdown': '**' }, '**'],
    ['the beginning of a long source', { 'image/svg+xml': 'x'.repeat(2000) }, `${'x'.repeat(1000)}…`],
    ['its MIME types', { 'image/png': 'AAAA' }, '[image/png]'],
    ['its own text', { 'image/png': 'AAAA', 'text/plain': 'mine' }, 'mine'],
  ])('has as plain text %s', (_what, data, text) => {
    expect(new Fragment(data).data['text/plain']).toBe(text);
  });
});
