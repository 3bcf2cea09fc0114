import { expect, test } from 'vitest';
import { nearestName } from '../../../../src/kernel/runtime/magics/nearest-name.ts';

const names = ['%time', '%timeit', '%cd', '%env', '%%bash', '%lsmagic'];

test.each([
  ['%tiem', '%time'],
  ['%timeti', '%timeit'],
  ['%Time', '%time'],
  ['%ls_magic', '%lsmagic'],
  ['%cdd', '%cd'],
  ['%bash', '%%bash'],
  ['%xy', undefined],
  ['%statement', undefined],
])('nearestName takes %j for %j', (typed, name) => {
  expect(nearestName(typed, names)).toBe(name);
});
