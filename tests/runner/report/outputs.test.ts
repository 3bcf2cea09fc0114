import { beforeAll, describe, expect, test } from 'vitest';
import type { MimeBundle, Output } from 'labmill/notebook';
import { type OutputRenderers, renderOutput } from '../../../src/runner/report/outputs.ts';
import { createProse } from '../../../src/runner/report/prose.ts';
import { createSanitize } from '../../../src/runner/report/sanitize.ts';

let renderers: OutputRenderers;
beforeAll(async () => {
  const sanitize = await createSanitize();
  renderers = { sanitize, prose: await createProse(sanitize) };
});

const render = (output: Output) => renderOutput(output, renderers).text;
const show = (data: MimeBundle) => render({ output_type: 'display_data', data, metadata: {} });
const stream = (text: string, name = 'stdout') => render({ output_type: 'stream', name, text });

describe('renderOutput', () => {
  test('shows stream text with its colours, escaped', () => {
    expect(stream('\x1b[32m<ok>\x1b[0m\n', 'stderr')).toBe(
      '<pre class="stream stderr"><span class="ansi-green-fg">&lt;ok&gt;</span></pre>',
    );
  });

  test('makes no links of terminal hyperlinks', () => {
    expect(stream('\x1b]8;;javascript:alert(1)\x07x\x1b]8;;\x07')).not.toContain('href');
  });

  test('cuts text that would be too much for a browser', () => {
    const text = stream('x'.repeat(300_000));
    expect([text.length < 201_000, text.includes('… cut in this report')]).toEqual([true, true]);
  });

  test.each([
    ['its traceback', ['\x1b[31mE\x1b[0m: e', 'at 1'], 'at 1'],
    ['its name when it has no traceback', [], 'E: e'],
  ])('shows an error with %s', (_, traceback, shown) => {
    expect(render({ output_type: 'error', ename: 'E', evalue: 'e', traceback })).toContain(shown);
  });

  test('prefers the SVG of a figure to its HTML, as a picture that can run nothing', () => {
    const svg = '<svg onload="alert(1)"/>';
    expect(show({ 'text/html': '<b>x</b>', 'image/svg+xml': svg, 'text/plain': 'Figure' })).toBe(
      `<img class="picture" src="data:image/svg+xml;base64,${Buffer.from(svg).toString('base64')}" alt="Figure" />`,
    );
  });

  test.each([
    [{ 'image/png': 'iVBO\nRw0=' }, 'src="data:image/png;base64,iVBORw0="'],
    [{ 'image/png': '"><script>' }, 'base64,&quot;&gt;&lt;script&gt;"'],
    [{ 'text/html': '<b onclick="x">a</b>', 'text/plain': 'a' }, '<div class="rich"><b>a</b></div>'],
    [{ 'text/markdown': '*a*' }, '<em>a</em>'],
    [{ 'text/plain': '<a>' }, '<pre class="value">&lt;a&gt;</pre>'],
    [{ 'application/json': { a: 1 } }, '&quot;a&quot;: 1'],
    [{ 'application/x+json': 1 }, '(application/x+json) 1'],
    [{}, 'an empty output'],
  ])('shows %j', (bundle, shown) => {
    expect(show(bundle)).toContain(shown);
  });

  test('shows a measured figure with its verdict', () => {
    const figure = { measure: 'R² <', value: 0.91234, threshold: 0.8, passed: true };
    const text = show({ 'application/vnd.labmill.result+json': figure, 'text/plain': 'x' });
    expect(text).toContain('R² &lt;');
    expect(text).toContain('0.9123 (threshold 0.8)');
    expect(text).toContain('<span class="pill good">passed</span>');
  });
});
