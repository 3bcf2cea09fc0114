import { describe, expect, test } from 'vitest';
import { historyFile } from '../../../../src/kernel/worker/history/history-file.ts';

const linux = { platform: 'linux', env: {}, home: '/home/ada' } as const;

describe('historyFile', () => {
  test.each([
    ['on Linux', linux, '/home/ada/.local/state/labmill/history.sqlite'],
    ['where XDG puts it', { ...linux, env: { XDG_STATE_HOME: '/state' } }, '/state/labmill/history.sqlite'],
    [
      'in the default for a relative XDG folder',
      { ...linux, env: { XDG_STATE_HOME: 'state' } },
      '/home/ada/.local/state/labmill/history.sqlite',
    ],
    [
      'on macOS',
      { platform: 'darwin', env: {}, home: '/Users/ada' },
      '/Users/ada/Library/Application Support/labmill/history.sqlite',
    ],
    [
      'on Windows',
      { platform: 'win32', env: { LOCALAPPDATA: 'C:\\Local' }, home: 'C:\\Users\\ada' },
      'C:\\Local\\labmill\\history.sqlite',
    ],
    [
      'on Windows without LOCALAPPDATA',
      { platform: 'win32', env: {}, home: 'C:\\Users\\ada' },
      'C:\\Users\\ada\\AppData\\Local\\labmill\\history.sqlite',
    ],
    ['where LABMILL_HISTORY says', { ...linux, env: { LABMILL_HISTORY: '/tmp/h.sqlite' } }, '/tmp/h.sqlite'],
    [
      'in the default for an empty LABMILL_HISTORY',
      { ...linux, env: { LABMILL_HISTORY: '' } },
      '/home/ada/.local/state/labmill/history.sqlite',
    ],
  ] as const)('lies %s', (_where, machine, file) => {
    expect(historyFile(machine)).toBe(file);
  });

  test('is none when LABMILL_HISTORY is off', () => {
    expect(historyFile({ ...linux, env: { LABMILL_HISTORY: 'off' } })).toBeUndefined();
  });
});
