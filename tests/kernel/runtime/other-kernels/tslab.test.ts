import { describe, expect, test } from 'vitest';
import { tslab, type TslabDisplay } from '../../../../src/kernel/runtime/other-kernels/tslab.ts';
import type { MimeBundle } from '../../../../src/kernel/thread-messages.ts';

/** Returns the stand-in for tslab and what it has shown. */
function aTslab() {
  const shown: unknown[][] = [];
  const display = (data: MimeBundle | Promise<MimeBundle>, id?: string, isUpdate?: boolean): void =>
    void shown.push([data, id, isUpdate]);
  return { tslab: tslab({ display }), shown };
}

describe('tslab.display', () => {
  test.each<[keyof TslabDisplay, string]>([
    ['javascript', 'text/javascript'],
    ['html', 'text/html'],
    ['markdown', 'text/markdown'],
    ['latex', 'text/latex'],
    ['svg', 'image/svg+xml'],
  ])('%s shows %s, and plain text', (method, type) => {
    const { tslab: ours, shown } = aTslab();
    (ours.display[method] as (source: string) => void)('<source>');
    expect(shown[0]![0]).toEqual({ [type]: '<source>', 'text/plain': expect.any(String) });
  });

  test.each<[keyof TslabDisplay, string]>([
    ['png', 'image/png'],
    ['jpeg', 'image/jpeg'],
    ['gif', 'image/gif'],
    ['pdf', 'application/pdf'],
  ])('%s shows bytes as %s', (method, type) => {
    const { tslab: ours, shown } = aTslab();
    (ours.display[method] as (data: Uint8Array) => void)(new Uint8Array([1, 2]));
    expect(shown[0]![0]).toEqual({ [type]: 'AQI=', 'text/plain': `[${type}]` });
  });

  test('text and raw show what they are given', () => {
    const { tslab: ours, shown } = aTslab();
    ours.display.text('a');
    ours.display.raw('application/x', 'b');
    expect(shown.map(([data]) => data)).toEqual([
      { 'text/plain': 'a' },
      { 'application/x': 'b', 'text/plain': '[application/x]' },
    ]);
  });
});

describe('tslab.newDisplay', () => {
  test('shows in one place', () => {
    const { tslab: ours, shown } = aTslab();
    const place = ours.newDisplay();
    place.text('1');
    place.text('2');
    const id = shown[0]![1];
    expect(shown.map(([, ...how]) => how)).toEqual([
      [expect.any(String), false],
      [id, true],
    ]);
  });

  test('is a place of its own each time', () => {
    const { tslab: ours, shown } = aTslab();
    ours.newDisplay().text('1');
    ours.newDisplay().text('2');
    expect(shown[0]![1]).not.toBe(shown[1]![1]);
  });
});
