import { describe, expect, test } from 'vitest';
import { deno } from '../../../../src/kernel/runtime/other-kernels/deno.ts';
import type { MimeBundle } from '../../../../src/kernel/thread-messages.ts';

const png = Buffer.from('89504e470d0a1a0a', 'hex');

/** Returns the stand-in for `Deno.jupyter` and what it has shown. */
function aJupyter() {
  const shown: unknown[][] = [];
  const output = {
    display: (data: MimeBundle | Promise<MimeBundle>, id?: string, isUpdate?: boolean): void =>
      void shown.push([data, id, isUpdate]),
    clear: (wait: boolean): void => void shown.push(['clear', wait]),
  };
  return { jupyter: deno(output).jupyter, shown };
}

describe('Deno.jupyter', () => {
  test('has tags that insert values as they are', () => {
    const { jupyter } = aJupyter();
    const fragments = [jupyter.html`<b>${'<i>'}${undefined}`, jupyter.md`# ${1}`, jupyter.svg`<svg>${'<g/>'}</svg>`];
    expect(fragments.map(({ data }) => data)).toMatchObject([
      { 'text/html': '<b><i>' },
      { 'text/markdown': '# 1' },
      { 'image/svg+xml': '<svg><g/></svg>' },
    ]);
  });

  test('shows and updates values by the id of a place', async () => {
    const { jupyter, shown } = aJupyter();
    await jupyter.display(1, { display_id: 'a' });
    await jupyter.display({ 'text/html': '<b>' }, { raw: true, update: true, display_id: 'a' });
    expect(shown).toMatchObject([
      [{ 'text/plain': '1' }, 'a', false],
      [{ 'text/html': '<b>' }, 'a', true],
    ]);
  });

  test('tells how a value would be shown', async () => {
    const { $display, format } = aJupyter().jupyter;
    expect(await format({ [$display]: () => ({ 'text/plain': 'mine' }) })).toEqual({ 'text/plain': 'mine' });
  });

  test('shows images', () => {
    expect(aJupyter().jupyter.image(png).data).toMatchObject({ 'image/png': 'iVBORw0KGgo=' });
  });

  test('sends the messages of displays', async () => {
    const { jupyter, shown } = aJupyter();
    await jupyter.broadcast('display_data', {
      data: { 'text/plain': '1' },
      metadata: {},
      transient: { display_id: 'a' },
    });
    await jupyter.broadcast('update_display_data', { data: { 'text/plain': '2' }, transient: { display_id: 'a' } });
    await jupyter.broadcast('clear_output', { wait: true });
    expect(shown).toEqual([
      [{ 'text/plain': '1' }, 'a', false],
      [{ 'text/plain': '2' }, 'a', true],
      ['clear', true],
    ]);
  });

  test('refuses to send other messages', async () => {
    await expect(aJupyter().jupyter.broadcast('comm_open', {})).rejects.toThrow(
      'Deno.jupyter.broadcast: expected display_data, update_display_data or clear_output, got "comm_open"',
    );
  });
});
