import { describe, expect, test } from 'vitest';
import { mimeBundle, plainText } from '../../../src/kernel/runtime/mime-bundle.ts';

const DISPLAY = Symbol.for('Jupyter.display');

describe('mimeBundle', () => {
  test.each([
    [1, '1'],
    ['text', "'text'"],
    [{ a: [1, { b: 2 }] }, '{ a: [ 1, { b: 2 } ] }'],
    [new Map([[1, 2]]), 'Map(1) { 1 => 2 }'],
    [null, 'null'],
    [undefined, 'undefined'],
    [() => 1, '[Function (anonymous)]'],
  ])('shows %j as Node does', (value, text) => {
    expect(mimeBundle(value)).toEqual({ 'text/plain': text });
  });

  test('has no colours', () => {
    expect(plainText([1, 'a', null])).not.toContain('\u001B');
  });

  test('lets a value show itself and adds the plain text', () => {
    const value = { name: 'v', [DISPLAY]: () => ({ 'text/html': '<b>v</b>' }) };
    expect(mimeBundle(value)).toMatchObject({
      'text/html': '<b>v</b>',
      'text/plain': expect.stringContaining("name: 'v'"),
    });
  });

  test('calls the method on the value, also on one that is inherited', () => {
    class Shown {
      readonly text = 'mine';
      [DISPLAY]() {
        return { 'text/plain': this.text };
      }
    }
    expect(mimeBundle(new Shown())).toEqual({ 'text/plain': 'mine' });
  });

  test('waits for a method that is asynchronous', async () => {
    const value = { [DISPLAY]: async () => ({ 'text/plain': 'later' }) };
    expect(await mimeBundle(value)).toEqual({ 'text/plain': 'later' });
  });

  test('lets functions show themselves, too', () => {
    const value = Object.assign(() => 1, { [DISPLAY]: () => ({ 'text/plain': 'f' }) });
    expect(mimeBundle(value)).toEqual({ 'text/plain': 'f' });
  });

  test.each([[null], ['text'], [1]])('falls back where the method returns %j', (bundle) => {
    expect(mimeBundle({ a: 1, [DISPLAY]: () => bundle })).toMatchObject({
      'text/plain': expect.stringContaining('a: 1'),
    });
  });

  test('does not touch a value whose method is none', () => {
    expect(mimeBundle({ [DISPLAY]: 1 })).toMatchObject({ 'text/plain': expect.any(String) });
  });

  test('passes on what the method throws', () => {
    const value = {
      [DISPLAY]() {
        throw new Error('no');
      },
    };
    expect(() => mimeBundle(value)).toThrow('no');
  });
});
