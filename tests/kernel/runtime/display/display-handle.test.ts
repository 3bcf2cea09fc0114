import { describe, expect, test } from 'vitest';
import { displayTo, isShownAlready } from '../../../../src/kernel/runtime/display/display-handle.ts';
import { image } from '../../../../src/kernel/runtime/display/media.ts';
import { progressTo } from '../../../../src/kernel/runtime/display/progress.ts';
import type { MimeBundle } from '../../../../src/kernel/thread-messages.ts';

/** Returns `display` and what it has shown. */
function aDisplay() {
  const shown: unknown[] = [];
  const output = {
    display(data: MimeBundle | Promise<MimeBundle>, id?: string, isUpdate?: boolean, metadata?: MimeBundle): void {
      shown.push({ data, id, isUpdate, metadata });
    },
  };
  return { display: displayTo(output), output, shown };
}

describe('display', () => {
  test('shows a value, and a handle updates it in its place', () => {
    const { display, shown } = aDisplay();
    display(1, { id: 'mine' }).update(2);
    expect(shown).toEqual([
      { data: { 'text/plain': '1' }, id: 'mine', isUpdate: false, metadata: {} },
      { data: { 'text/plain': '2' }, id: 'mine', isUpdate: true, metadata: {} },
    ]);
  });

  test('names each place differently unless told', () => {
    const { display } = aDisplay();
    expect(display(1).id).not.toBe(display(1).id);
  });

  test('shows all of a large value on demand', () => {
    const { display, shown } = aDisplay();
    display('x'.repeat(20_000), { all: true });
    expect(shown).toMatchObject([{ data: { 'text/plain': `'${'x'.repeat(20_000)}'` } }]);
  });

  test('shows a MIME bundle as it is', () => {
    const { display, shown } = aDisplay();
    display({ 'text/html': '<b>', 'image/png': Buffer.from('x') }, { raw: true });
    expect(shown).toMatchObject([{ data: { 'text/html': '<b>', 'image/png': 'eA==', 'text/plain': '<b>' } }]);
  });

  test('says what the value and the caller say of the data', () => {
    const { display, shown } = aDisplay();
    display(image(Buffer.from('89504e470d0a1a0a', 'hex'), { width: 9 }), { metadata: { isolated: true } });
    expect(shown).toMatchObject([{ metadata: { 'image/png': { width: 9 }, isolated: true } }]);
  });

  test.each([
    ['text', 'string'],
    [{}, 'object'],
    [{ html: '<b>' }, 'the keys ["html"]'],
  ])('refuses %j for a MIME bundle', (value, got) => {
    expect(() => aDisplay().display(value, { raw: true })).toThrow(
      `display: with { raw: true }, expected data by MIME type ({ 'text/html': '…' }), got ${got}`,
    );
  });
});

describe('isShownAlready', () => {
  test('is true of nothing, of handles and of progress bars', () => {
    const { display, output } = aDisplay();
    expect([undefined, display(1), progressTo(output)(1), null, 1].map(isShownAlready)).toEqual([
      true,
      true,
      true,
      false,
      false,
    ]);
  });
});
