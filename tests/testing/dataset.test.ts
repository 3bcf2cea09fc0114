import { Table } from 'labmill/data';
import { dataset } from 'labmill/testing';
import { describe, expect, test } from 'vitest';

const table = Table.fromColumns({ area: [50, 80], rooms: [2, 3], price: [100, 160], city: ['Oslo', 'Rome'] });

describe('dataset', () => {
  test('takes the target as y and the named columns as X', () => {
    const { X, y, name } = dataset(table, { target: 'price', features: ['rooms', 'area'], name: 'flats' });
    expect(X).toMatchObject({ data: Float64Array.of(2, 50, 3, 80), rows: 2, columns: 2 });
    expect(y).toEqual([100, 160]);
    expect(name).toBe('flats');
  });

  test('takes every other column unless told, and labels as they are', () => {
    const { X, y } = dataset(table, { target: 'city' });
    expect(X).toMatchObject({ rows: 2, columns: 3 });
    expect(y).toEqual(['Oslo', 'Rome']);
  });

  test('refuses a column that is not there', () => {
    expect(() => dataset(table, { target: 'cost' })).toThrow(expect.objectContaining({ code: 'ERR_COLUMN' }));
  });

  test.each([
    ['numbers', [1, NaN]],
    ['labels', ['a', null]],
  ])('refuses a target with gaps (%s)', (_type, y) => {
    expect(() => dataset(Table.fromColumns({ x: [1, 2], y }), { target: 'y' })).toThrow(
      expect.objectContaining({
        code: 'ERR_COLUMN',
        message: 'dataset: expected a value in every row of "y", got none in row 1',
      }),
    );
  });
});
