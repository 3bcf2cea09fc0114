import { describe, expect, test } from 'vitest';
import { showUrl } from '../../../src/versioning/format/show-url.ts';

describe('showUrl', () => {
  test.each([
    ['webdav://lab:secret@host/a:b@c', 'webdav://lab:***@host/a:b@c'],
    ['webdav://lab@host/', 'webdav://lab@host/'],
    ['/folder/a:b@c', '/folder/a:b@c'],
  ])('shows %s as %s', (text, shown) => {
    expect(showUrl(text)).toBe(shown);
  });
});
