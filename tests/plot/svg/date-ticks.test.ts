import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { dateTicks } from '../../../src/plot/svg/date-ticks.ts';

const ticks = (low: string, high: string, count: number) =>
  dateTicks(Date.parse(low), Date.parse(high), count).map(({ label, detail }) =>
    detail === undefined ? label : `${label}/${detail}`,
  );

describe('dateTicks', () => {
  test.each([
    ['decades', '1970-01-01', '2024-01-01', 6, ['1970', '1980', '1990', '2000', '2010', '2020']],
    ['years', '2012-01-01', '2015-12-31', 4, ['2012', '2013', '2014', '2015']],
    ['half years', '2012-01-01', '2013-12-31', 4, ['Jan/2012', 'Jul', 'Jan/2013', 'Jul']],
    ['quarters', '2014-01-01', '2014-12-31', 4, ['Jan/2014', 'Apr', 'Jul', 'Oct']],
    ['two months', '2014-01-01', '2014-12-31', 6, ['Jan/2014', 'Mar', 'May', 'Jul', 'Sep', 'Nov']],
    ['months', '2014-11-20', '2015-02-20', 3, ['Dec/2014', 'Jan/2015', 'Feb']],
    ['weeks', '2024-02-01', '2024-03-01', 4, ['Feb 1/2024', 'Feb 8', 'Feb 15', 'Feb 22', 'Feb 29']],
    ['days', '2024-02-27', '2024-03-02', 5, ['Feb 27/2024', 'Feb 28', 'Feb 29', 'Mar 1', 'Mar 2']],
    ['hours', '2024-02-28T20:00Z', '2024-02-29T04:00Z', 3, ['21:00/Feb 28, 2024', '00:00/Feb 29, 2024', '03:00']],
    ['seconds', '2024-02-28T20:00:00Z', '2024-02-28T20:00:10Z', 2, ['20:00:00/Feb 28, 2024', '20:00:05', '20:00:10']],
  ])('stand at %s', (_unit, low, high, count, expected) => {
    expect(ticks(low, high, count)).toEqual(expected);
  });

  test('lie in the range and rise', () => {
    const date = fc.date({ min: new Date('1900-01-01'), max: new Date('2100-01-01'), noInvalidDate: true });
    fc.assert(
      fc.property(
        date,
        fc.integer({ min: 10_000, max: 3e12 }),
        fc.integer({ min: 2, max: 10 }),
        (start, span, count) => {
          const low = start.getTime();
          const values = dateTicks(low, low + span, count).map(({ value }) => value);
          expect(values.every((value) => value >= low && value <= low + span)).toBe(true);
          expect(values).toEqual([...new Set(values)].toSorted((a, b) => a - b));
          expect(values.length).toBeLessThan(4 * count + 3);
        },
      ),
    );
  });
});
