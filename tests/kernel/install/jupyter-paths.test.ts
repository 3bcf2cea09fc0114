import { dataFolders, type Machine, prefixDataFolder, userDataFolder } from 'labmill/kernel';
import { describe, expect, test } from 'vitest';

const linux: Machine = { platform: 'linux', env: {}, home: '/home/ada' };
const mac: Machine = { platform: 'darwin', env: {}, home: '/Users/ada' };
const windows: Machine = { platform: 'win32', env: {}, home: 'C:\\Users\\ada' };

// Jupyter's documentation, "Common directories and file locations", "Data files".
describe('userDataFolder', () => {
  test.each([
    ['Linux', linux, '/home/ada/.local/share/jupyter'],
    ['Linux with XDG_DATA_HOME', { ...linux, env: { XDG_DATA_HOME: '/data' } }, '/data/jupyter'],
    ['macOS', mac, '/Users/ada/Library/Jupyter'],
    ['Windows', windows, 'C:\\Users\\ada\\AppData\\Roaming\\jupyter'],
    ['Windows with APPDATA', { ...windows, env: { APPDATA: 'D:\\Data' } }, 'D:\\Data\\jupyter'],
    ['JUPYTER_DATA_DIR', { ...mac, env: { JUPYTER_DATA_DIR: '/elsewhere' } }, '/elsewhere'],
  ])('follows Jupyter’s rule for %s', (_what, machine, folder) => {
    expect(userDataFolder(machine)).toBe(folder);
  });
});

describe('prefixDataFolder', () => {
  test.each([
    ['linux', '/opt/env', '/opt/env/share/jupyter'],
    ['win32', 'C:\\env', 'C:\\env\\share\\jupyter'],
  ] as const)('lies below the prefix on %s', (platform, prefix, folder) => {
    expect(prefixDataFolder(prefix, platform)).toBe(folder);
  });
});

describe('dataFolders', () => {
  test('lists JUPYTER_PATH, the user, the environments and the system, in this order', () => {
    expect(dataFolders({ ...linux, env: { JUPYTER_PATH: '/one:/two' } }, ['/env'])).toEqual([
      '/one',
      '/two',
      '/home/ada/.local/share/jupyter',
      '/env/share/jupyter',
      '/usr/local/share/jupyter',
      '/usr/share/jupyter',
    ]);
  });

  test('splits JUPYTER_PATH as the platform does', () => {
    const machine = { ...windows, env: { JUPYTER_PATH: 'C:\\one;D:\\two', PROGRAMDATA: 'E:\\Data' } };
    expect(dataFolders(machine)).toEqual([
      'C:\\one',
      'D:\\two',
      'C:\\Users\\ada\\AppData\\Roaming\\jupyter',
      'E:\\Data\\jupyter',
    ]);
  });

  test('names each folder once', () => {
    expect(dataFolders(linux, ['/usr/local'])).toHaveLength(3);
  });
});
