import { expect, test } from 'vitest';
import { html } from '../../../src/runner/report/html.ts';

test('html escapes every value, and takes HTML as it is', () => {
  expect(html`<p title="${'"'}">${`<b>&'`} ${html`<i>${1}</i>`}</p>`.text).toBe(
    '<p title="&quot;">&lt;b&gt;&amp;&#39; <i>1</i></p>',
  );
});

test('html joins lists and leaves out what is not there', () => {
  expect(html`${['<', html`<hr />`]}${undefined}${false}${0}`.text).toBe('&lt;<hr />0');
});
