import { describe, expect, test } from 'vitest';
import { warningText } from '../../../../src/kernel/runtime/failures/warning-text.ts';

const warning = (name: string, extra = {}) => Object.assign(new Error('careful'), { name, ...extra });

describe('warningText', () => {
  test('shows code, name, message and detail', () => {
    expect(warningText(warning('Warning'))).toBe('Warning: careful\n');
    const full = warning('DeprecationWarning', { code: 'DEP0005', detail: 'Use another.' });
    expect(warningText(full)).toBe('[DEP0005] DeprecationWarning: careful\nUse another.\n');
  });

  test.each(['ExperimentalWarning', 'PromiseRejectionHandledWarning'])('says nothing of an %s', (name) => {
    expect(warningText(warning(name))).toBe('');
  });
});
