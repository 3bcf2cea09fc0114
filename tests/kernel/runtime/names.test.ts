import { runInThisContext } from 'node:vm';
import { describe, expect, onTestFinished, test } from 'vitest';
import { Names } from '../../../src/kernel/runtime/names.ts';

function theNames(...declared: readonly string[]): Names {
  const names = new Names();
  names.declare(declared);
  onTestFinished(() => names.forget(names.list()));
  return names;
}

describe('Names', () => {
  test('are bindings that scripts share, and no properties of the global object', () => {
    const names = theNames('sharedName');
    runInThisContext('sharedName = 1');
    expect([names.get('sharedName'), 'sharedName' in globalThis]).toEqual([1, false]);
  });

  test('that Node uses too leave the real ones alone', () => {
    const names = theNames('crypto');
    names.set('crypto', 1);
    expect([names.get('crypto'), names.own['crypto']]).toEqual([1, 1]);
    expect(globalThis.crypto.randomUUID()).toHaveLength(36);
  });

  test('are declared once', () => {
    const names = theNames('onceName');
    expect(names.declare(['onceName', 'crypto'])).toEqual(['crypto']);
    expect(names.list()).toEqual(['onceName', 'crypto']);
  });

  test.each(['value', '$', 'ünïcödé'])('can be called %j', (name) => {
    const names = theNames(name);
    names.set(name, 1);
    expect(names.get(name)).toBe(1);
  });

  test('are withdrawn only where they have no value', () => {
    const names = theNames('withValue', 'withoutValue');
    names.set('withValue', 1);
    expect(names.withdraw(['withValue', 'withoutValue'])).toEqual(['withoutValue']);
    expect([names.has('withValue'), names.has('withoutValue')]).toEqual([true, false]);
  });

  test('that were forgotten are missing at every use, unless the global object has them', () => {
    const { missing } = theNames();
    expect(() => missing['gone']).toThrow(new ReferenceError('gone is not defined'));
    expect(() => (missing['gone'] = 1)).toThrow(new ReferenceError('gone is not defined'));
    expect(missing['Math']).toBe(Math);
  });

  test('that were forgotten can be declared again, with no value', () => {
    const names = theNames('backAgain');
    names.set('backAgain', 1);
    names.forget(['backAgain']);
    expect([names.declare(['backAgain']), names.get('backAgain')]).toEqual([['backAgain'], undefined]);
  });

  test('that a script has made variables are taken over', () => {
    runInThisContext('let ofScript1 = 1; let ofScript2 = 2');
    const names = theNames('ofScript1', 'fresh', 'ofScript2');
    expect(names.get('ofScript1')).toBe(undefined);
  });

  test('that a script has made constants are refused', () => {
    runInThisContext('const fixedByScript = 1');
    expect(() => theNames('fixedByScript')).toThrow(new TypeError('Assignment to constant variable.'));
  });

  test('that are fixed can be read and not be set', () => {
    const names = theNames('fixedName');
    names.set('fixedName', 1);
    expect(names.fixed['fixedName']).toBe(1);
    expect(() => (names.fixed['fixedName'] = 2)).toThrow(new TypeError("Assignment to constant variable 'fixedName'."));
  });
});
