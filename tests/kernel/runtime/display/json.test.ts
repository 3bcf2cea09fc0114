import { describe, expect, test } from 'vitest';
import { json } from '../../../../src/kernel/runtime/display/json.ts';

describe('json', () => {
  test('shows data as a tree, and as text', () => {
    expect(json({ a: [1] })).toMatchObject({
      data: { 'application/json': { a: [1] }, 'text/plain': '{ a: [ 1 ] }' },
      metadata: { 'application/json': { expanded: false } },
    });
  });

  test('opens the tree on demand', () => {
    expect(json(1, { expanded: true }).metadata).toEqual({ 'application/json': { expanded: true } });
  });

  test.each([
    ['a Map', new Map([['a', 1]]), { a: 1 }],
    ['a Set', { tags: new Set([1]) }, { tags: [1] }],
    ['a bigint', [10n], ['10']],
    ['a date', new Date(0), '1970-01-01T00:00:00.000Z'],
    ['nothing', undefined, null],
  ])('shows %s as what comes nearest in JSON', (_what, value, tree) => {
    expect(json(value).data['application/json']).toEqual(tree);
  });

  test('refuses data that contain themselves', () => {
    const ring: unknown[] = [];
    ring.push(ring);
    expect(() => json(ring)).toThrow('circular');
  });
});
