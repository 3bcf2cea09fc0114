import { beforeAll, describe, expect, test } from 'vitest';
import { createProse, type RenderProse } from '../../../src/runner/report/prose.ts';
import { createSanitize } from '../../../src/runner/report/sanitize.ts';

let prose: RenderProse;
beforeAll(async () => {
  prose = await createProse(await createSanitize());
});

describe('prose', () => {
  test('renders Markdown with tables', () => {
    expect(prose('| a |\n|--:|\n| 1 |').text).toContain('<td style="text-align:right">1</td>');
  });

  test('puts attached pictures in', () => {
    const attachments = { 'a b.png': { 'image/png': 'iVBO\nRw0=' } };
    expect(prose('![dot](attachment:a%20b.png)', attachments).text).toContain('src="data:image/png;base64,iVBORw0="');
  });

  test('shows the description of a picture that is not attached', () => {
    expect(prose('![dot](attachment:none.png)').text).toBe('<p><img alt="dot" /></p>\n');
  });

  test('takes scripts out of HTML and of links', () => {
    expect(prose('a <b onclick="x">b</b> [c](javascript:alert(1))').text).toBe(
      '<p>a <b>b</b> <a rel="noopener noreferrer">c</a></p>\n',
    );
  });
});
