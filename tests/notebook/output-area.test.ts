import { OutputArea } from 'labmill/notebook';
import { describe, expect, test } from 'vitest';

const stream = (text: string, name = 'stdout') => ({ name, text });
const display = (text: string, id?: string) => ({
  data: { 'text/plain': text },
  metadata: {},
  ...(id !== undefined && { transient: { display_id: id } }),
});
const shown = (text: string) => ({ output_type: 'display_data', data: { 'text/plain': text }, metadata: {} });

function areaOf(...messages: [type: string, content: object][]): OutputArea {
  const area = new OutputArea();
  for (const [type, content] of messages) area.add(type, content as Record<string, unknown>);
  return area;
}

describe('OutputArea', () => {
  test('joins neighbouring writes to one stream and keeps the order between streams', () => {
    const area = areaOf(
      ['stream', stream('a\n')],
      ['stream', stream('b')],
      ['stream', stream('e', 'stderr')],
      ['stream', stream('c')],
    );
    expect(area.outputs).toEqual([
      { output_type: 'stream', name: 'stdout', text: 'a\nb' },
      { output_type: 'stream', name: 'stderr', text: 'e' },
      { output_type: 'stream', name: 'stdout', text: 'c' },
    ]);
  });

  test('folds a progress bar that comes in pieces into its last state', () => {
    const area = areaOf(
      ['stream', stream('10%')],
      ['stream', stream('\r20')],
      ['stream', stream('%\r')],
      ['stream', stream('100%\r\nok')],
    );
    expect(area.outputs).toMatchObject([{ text: '100%\nok' }]);
  });

  test('keeps results with their count and errors with their traceback', () => {
    const error = { ename: 'E', evalue: 'e', traceback: ['line'] };
    const area = areaOf(['execute_result', { ...display('1'), execution_count: 4 }], ['error', error]);
    expect(area.outputs).toEqual([
      { output_type: 'execute_result', execution_count: 4, data: { 'text/plain': '1' }, metadata: {} },
      { output_type: 'error', ...error },
    ]);
  });

  test('updates every display of an id in place, in other cells too', () => {
    const displays = new Map();
    const [first, second] = [new OutputArea({ displays }), new OutputArea({ displays })];
    first.add('display_data', display('old', 'd'));
    second.add('display_data', display('old', 'd'));
    second.add('update_display_data', display('new', 'd'));
    expect([...first.outputs, ...second.outputs]).toEqual([shown('new'), shown('new')]);
  });

  test('ignores an update of an id that nothing carries', () => {
    expect(areaOf(['update_display_data', display('x', 'none')]).outputs).toEqual([]);
  });

  test('clears at once, or with the next output when told to wait', () => {
    const area = areaOf(['display_data', display('a')], ['clear_output', { wait: true }]);
    expect(area.outputs).toEqual([shown('a')]);
    area.add('display_data', display('b'));
    expect(area.outputs).toEqual([shown('b')]);
    area.add('clear_output', { wait: false });
    expect(area.outputs).toEqual([]);
  });

  test('cuts what is written without end, and says so once', () => {
    const area = new OutputArea({ maxStreamLength: 10 });
    for (let i = 0; i < 5; i++) area.add('stream', stream('123456\n'));
    expect(area.outputs).toMatchObject([{ text: '123456\n123\n… cut here, after 10 characters\n' }]);
  });

  test('takes in messages that are no outputs without a trace', () => {
    expect(areaOf(['status', { execution_state: 'busy' }], ['execute_input', { code: '1' }]).outputs).toEqual([]);
  });
});
