import { describe, expect, test } from 'vitest';
import { errorReply, integerField, RequestError, textField } from '../../../src/kernel/worker/request-content.ts';

describe('textField', () => {
  test('returns a text', () => {
    expect(textField({ code: '' }, 'code')).toBe('');
  });

  test.each([
    [{}, 'expected code to be a text, got nothing'],
    [{ code: null }, 'expected code to be a text, got null'],
    [{ code: ['x'.repeat(100)] }, `expected code to be a text, got ["${'x'.repeat(78)}`],
  ])('refuses %j', (content, message) => {
    expect(() => textField(content, 'code')).toThrow(new RequestError(message));
  });
});

describe('integerField', () => {
  test.each([
    [{ n: 3 }, 3],
    [{ n: -1 }, -1],
    [{ n: null }, undefined],
    [{}, undefined],
  ])('reads %j as %j', (content, value) => {
    expect(integerField(content, 'n')).toBe(value);
  });

  test.each([{ n: 1.5 }, { n: '3' }, { n: 1e300 }, { n: true }])('refuses %j', (content) => {
    expect(() => integerField(content, 'n')).toThrow('expected n to be a whole number, got ');
  });
});

test('errorReply tells an error as the specification does', () => {
  expect(errorReply(new RequestError('bad'))).toEqual({
    status: 'error',
    ename: 'RequestError',
    evalue: 'bad',
    traceback: [],
  });
});
