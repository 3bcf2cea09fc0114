import { readFileSync } from 'node:fs';
import { bar, interactivePage, line, plotlyBundle } from 'labmill/plot';
import { describe, expect, test } from 'vitest';

const first = line({ title: 'First', y: [1, 2] });
const second = line({ title: 'Second', y: [2, 1] });

/** What the page hands to plotly.js. */
const contentOf = (page: string) =>
  JSON.parse(/type="application\/json"[^>]*>(.*?)<\/script>/s.exec(page)![1]!) as Record<string, unknown>;

describe('plotlyBundle', () => {
  test('names a plotly.js of the version it says', () => {
    const { path, version } = plotlyBundle();
    expect(readFileSync(path, 'utf8').slice(0, 200)).toContain(`v${version}`);
  });
});

describe('interactivePage', () => {
  test('holds each figure, and the library once', () => {
    const page = interactivePage([first, second], { title: 'Report' });
    expect(page.match(/<figure><\/figure>/g)).toHaveLength(2);
    expect(page.match(/plotly\.js \(cartesian - minified\)/g)).toHaveLength(1);
    expect(page).toContain('<title>Report</title>');
  });

  test('asks nothing of the network when the library is inline', () => {
    expect(interactivePage([first])).not.toMatch(/<(?:script|link|img)[^>]+(?:src|href)=/);
  });

  test('loads the library from where it is served', () => {
    const page = interactivePage([first], { plotly: '/assets/plotly.js?a=1&b="2"' });
    expect(page).toContain('<script src="/assets/plotly.js?a=1&amp;b=&quot;2&quot;"></script>');
    expect(page.length).toBeLessThan(10_000);
  });

  test('says the style once, light and dark', () => {
    const page = interactivePage([first, second], { plotly: 'p.js' });
    expect(Object.keys(contentOf(page))).toEqual(['figures', 'light', 'dark']);
    expect(page.match(/colorway/g)).toHaveLength(2);
  });

  test('lets no text of a figure end the script', () => {
    const evil = '</script><script>alert(1)</script><!--';
    const page = interactivePage([bar({ title: evil, x: [evil], y: [1] })], { plotly: 'p.js', title: evil });
    expect(page.match(/<script/g)).toHaveLength(3);
    expect(page).not.toContain('<!--');
    expect(contentOf(page)).toHaveProperty('figures.0.data.0.x', [expect.stringContaining('alert(1)')]);
  });
});

test('toHtml is a page with the one figure', () => {
  expect(first.toHtml({ plotly: 'p.js' })).toBe(interactivePage([first], { plotly: 'p.js' }));
});
