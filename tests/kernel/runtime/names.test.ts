import { describe, expect, onTestFinished, test } from 'vitest';
import { Names } from '../../../src/kernel/runtime/names.ts';

function theNames(...declared: readonly string[]): Names {
  const names = new Names();
  names.declare(declared);
  onTestFinished(() =>
    declared.forEach((name) => names.builtins.has(name) || Reflect.deleteProperty(globalThis, name)),
  );
  return names;
}

describe('Names', () => {
  test('are plain properties of the global object', () => {
    theNames('plainName');
    expect(Object.getOwnPropertyDescriptor(globalThis, 'plainName')).toEqual({
      value: undefined,
      writable: true,
      enumerable: true,
      configurable: true,
    });
  });

  test('that Node uses too leave the real ones alone', () => {
    const names = theNames('crypto');
    names.own['crypto'] = 1;
    expect(names.get('crypto')).toBe(1);
    expect(globalThis.crypto.randomUUID()).toHaveLength(36);
  });

  test('are declared once', () => {
    const names = theNames('onceName');
    expect(names.declare(['onceName', 'crypto'])).toEqual(['crypto']);
  });

  test('are withdrawn only where they have no value', () => {
    const names = theNames('withValue', 'withoutValue');
    Object.assign(globalThis, { withValue: 1 });
    names.withdraw(['withValue', 'withoutValue']);
    expect([names.has('withValue'), names.has('withoutValue')]).toEqual([true, false]);
  });

  test('that are fixed can be read and not be set', () => {
    const names = theNames('fixedName');
    Object.assign(globalThis, { fixedName: 1 });
    expect(names.fixed['fixedName']).toBe(1);
    expect(() => (names.fixed['fixedName'] = 2)).toThrow(new TypeError("Assignment to constant variable 'fixedName'."));
  });
});
