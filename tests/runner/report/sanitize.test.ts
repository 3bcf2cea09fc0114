import { beforeAll, describe, expect, test } from 'vitest';
import { createSanitize, type Sanitize } from '../../../src/runner/report/sanitize.ts';

let sanitize: Sanitize;
beforeAll(async () => {
  sanitize = await createSanitize();
});

// The hostile forms are those of the OWASP XSS filter evasion cheat sheet.
describe('sanitize', () => {
  test.each([
    ['a script', '<script>alert(1)</script>', ''],
    [
      'an event handler',
      '<img src="data:image/png;base64,x" onerror="alert(1)">',
      '<img src="data:image/png;base64,x" />',
    ],
    ['a script address', '<a href="javascript:alert(1)">x</a>', '<a rel="noopener noreferrer">x</a>'],
    ['an encoded script address', '<a href="jav&#x09;ascript:alert(1)">x</a>', '<a rel="noopener noreferrer">x</a>'],
    ['a page as an address', '<a href="data:text/html,<script>">x</a>', '<a rel="noopener noreferrer">x</a>'],
    ['an inline page', '<iframe srcdoc="<script>alert(1)</script>"></iframe>', ''],
    ['a form', '<form action="https://x.org"><input name="a"></form>', ''],
    ['a style', '<style>body{display:none}</style><p style="position:fixed" class="pill" id="x">a</p>', '<p>a</p>'],
    ['a redirection', '<meta http-equiv="refresh" content="0;url=https://x.org">', ''],
    ['a remote picture', '<img src="https://x.org/a.png" alt="a">', '<img alt="a" />'],
    ['a local picture', '<img src="/etc/passwd" alt="a">', '<img alt="a" />'],
    ['inline SVG', '<svg><script>alert(1)</script></svg>', ''],
  ])('takes out %s', (_, hostile, harmless) => {
    expect(sanitize(hostile).text).toBe(harmless);
  });

  test.each([
    '<table><tr><td colspan="2" style="text-align:right">1</td></tr></table>',
    '<h2>a <em>b</em> <code>c</code></h2>',
    '<details><summary>a</summary>b</details>',
  ])('leaves %s', (harmless) => {
    expect(sanitize(harmless).text).toBe(harmless);
  });
});
