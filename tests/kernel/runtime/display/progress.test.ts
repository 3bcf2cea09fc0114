import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { progressTo } from '../../../../src/kernel/runtime/display/progress.ts';
import type { MimeBundle } from '../../../../src/kernel/thread-messages.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** Returns `progress` and what it has shown, as text. */
function aProgress() {
  const shown: string[] = [];
  const bundles: MimeBundle[] = [];
  const ids = new Set<string | undefined>();
  const display = (data: MimeBundle | Promise<MimeBundle>, id?: string, isUpdate = false): void => {
    bundles.push(data as MimeBundle);
    ids.add(id);
    shown.push(`${isUpdate ? 'update' : 'show'} ${String((data as MimeBundle)['text/plain'])}`);
  };
  return { progress: progressTo({ display }), shown, bundles, ids };
}

describe('progress', () => {
  test('shows the bar, and its end, in one place', () => {
    const { progress, shown, ids } = aProgress();
    expect([...progress(['a', 'b'], { label: 'reading' })]).toEqual(['a', 'b']);
    expect(shown).toEqual(['show reading: 0 of 2 (0 %)', expect.stringMatching(/^update reading: 2 of 2 \(100 %\), /)]);
    expect(ids.size).toBe(1);
  });

  test('draws ten times a second, however fast the items go', () => {
    const { progress, shown } = aProgress();
    for (const _ of progress(10_000)) vi.advanceTimersByTime(0.1);
    expect(shown.length).toBeGreaterThan(9);
    expect(shown.length).toBeLessThan(14);
  });

  test('tells the rate and the time left', () => {
    const { progress, shown } = aProgress();
    const bar = progress(100);
    vi.advanceTimersByTime(2000);
    bar.advance(50);
    expect(shown.at(-1)).toBe('update 50 of 100 (50 %), 25/s, 2.00 s left');
  });

  test.each([
    [1, 4000, '1 of 9 (11 %), 4.00 s each, 32.0 s left'],
    [4, 1000, '4 of 9 (44 %), 4.0/s, 1.25 s left'],
    [9, 3000, '9 of 9 (100 %), 3.0/s, 3.00 s'],
  ])('says of %d steps of 9 in %d ms: %s', (count, elapsedMs, text) => {
    const { progress, shown } = aProgress();
    const bar = progress(9);
    vi.advanceTimersByTime(elapsedMs);
    bar.advance(count);
    expect(shown.at(-1)).toBe(`update ${text}`);
  });

  test('shows the last steps, too, when nothing comes after them', () => {
    const { progress, shown } = aProgress();
    progress(100).advance(3);
    expect(shown).toHaveLength(1);
    vi.advanceTimersByTime(100);
    expect(shown.at(-1)).toMatch(/^update 3 of 100 /);
  });

  test('counts without a total where none is known', () => {
    const { progress, shown, bundles } = aProgress();
    const items = new Map([['a', 1]]).keys();
    expect([...progress(items)]).toEqual(['a']);
    expect(shown[0]).toBe('show 0');
    expect(bundles.map((data) => /<progress.*?>/.exec(String(data['text/html']))?.[0])).toEqual([
      '<progress style="vertical-align:middle">',
      '<progress style="vertical-align:middle" value="1" max="1">',
    ]);
  });

  test('says that it was stopped', () => {
    const { progress, shown } = aProgress();
    for (const item of progress(9)) if (item === 2) break;
    expect(shown.at(-1)).toMatch(/^update 2 of 9 \(22 %\), stopped after/);
  });

  test('goes through what comes asynchronously', async () => {
    const { progress, shown } = aProgress();
    const items: string[] = [];
    async function* source() {
      yield 'a';
      yield 'b';
    }
    for await (const item of progress(source())) items.push(item);
    expect(items).toEqual(['a', 'b']);
    expect(shown.at(-1)).toMatch(/^update 2, /);
  });

  test('waits for promises', async () => {
    const items: number[] = [];
    for await (const item of aProgress().progress([Promise.resolve(1)])) items.push(item);
    expect(items).toEqual([1]);
  });

  test('escapes the label', () => {
    const { progress, bundles } = aProgress();
    progress(1, { label: '<b>' });
    expect(bundles[0]!['text/html']).toContain('<div>&lt;b&gt; <progress');
  });

  test.each([[-1], [1.5], [null], [{ a: 1 }]])('refuses %j', (work) => {
    expect(() => aProgress().progress(work as number)).toThrow(
      'progress: expected a number of steps (0, 1, 2, …) or items to go through, got ',
    );
  });
});
