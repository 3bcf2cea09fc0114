import { describe, expect, test } from 'vitest';
import { cellError } from '../../src/runner/cell-failure.ts';

const place = { notebook: 'a.ipynb', index: 4, id: 'fit' };
const reply = (traceback: string[]) => ({
  status: 'error',
  ename: 'TypeError',
  evalue: 'no',
  traceback,
  execution_count: 3,
});

describe('cellError', () => {
  test('names notebook, cell, line, error and source', () => {
    const { code, message, failure } = cellError(
      place,
      'a\nb',
      reply(['\x1b[31mTypeError\x1b[0m: no', 'Cell [3], line 2:']),
    );
    expect(code).toBe('ERR_CELL');
    expect(message).toBe('a.ipynb: cell 5 (id "fit"), line 2: TypeError: no\n  1 | a\n> 2 | b');
    expect(failure).toMatchObject({ notebook: 'a.ipynb', cellIndex: 4, cellId: 'fit', line: 2, ename: 'TypeError' });
  });

  test('takes the line in the cell itself when the error comes from an earlier one', () => {
    const { failure } = cellError(place, 'f()', reply(['Cell [1], line 9:', 'Cell [3], line 1:']));
    expect(failure.line).toBe(1);
  });

  test('names no line when the traceback names none, and no id when there is none', () => {
    const { message } = cellError({ ...place, id: undefined }, 'f()', reply([]));
    expect(message).toBe('a.ipynb: cell 5: TypeError: no\n  1 | f()');
  });
});
