import { expect, test } from 'vitest';
import { executeRequest, readExecuteRequest } from '../../../src/kernel/wire/execute-request.ts';

const plain = { code: '1', silent: false, storeHistory: true, userExpressions: {}, stopOnError: true };

test('readExecuteRequest reads what executeRequest makes', () => {
  expect(readExecuteRequest(executeRequest('1'))).toEqual(plain);
});

test('readExecuteRequest has the defaults of the specification', () => {
  expect(readExecuteRequest({ code: '1' })).toEqual(plain);
});

test.each([
  [{ silent: true }, { silent: true, storeHistory: false, stopOnError: false }],
  [
    { silent: true, store_history: true, stop_on_error: true },
    { silent: true, storeHistory: false, stopOnError: false },
  ],
  [{ store_history: false }, { storeHistory: false }],
  [{ stop_on_error: false }, { stopOnError: false }],
  [{ code: ' \n' }, { code: ' \n', storeHistory: false }],
  [{ user_expressions: { a: 'b' } }, { userExpressions: { a: 'b' } }],
])('readExecuteRequest reads %j', (content, expected) => {
  expect(readExecuteRequest({ code: '1', ...content })).toEqual({ ...plain, ...expected });
});

test.each([
  [{ code: 1 }, { code: '', storeHistory: false }],
  [{ user_expressions: null }, {}],
  [{ user_expressions: { a: 1, b: '2' } }, { userExpressions: { b: '2' } }],
  [{ silent: 'yes', store_history: 0 }, {}],
])('readExecuteRequest passes over what has another type than it should have: %j', (content, expected) => {
  expect(readExecuteRequest({ code: '1', ...content })).toEqual({ ...plain, ...expected });
});
