import { dataFolders, type Machine, prefixDataFolder, userDataFolder } from 'labmill/kernel';
import { describe, expect, test } from 'vitest';

const linux: Machine = { platform: 'linux', env: {}, home: '/home/ada' };
const mac: Machine = { platform: 'darwin', env: {}, home: '/Users/ada' };
const windows: Machine = { platform: 'win32', env: {}, home: 'C:\\Users\\ada' };

// jupyter_core 5.9, `paths.py`: jupyter_data_dir() and jupyter_path().
describe('userDataFolder', () => {
  test.each([
    ['Linux', linux, {}, '/home/ada/.local/share/jupyter'],
    ['Linux', linux, { XDG_DATA_HOME: '/data' }, '/data/jupyter'],
    ['Linux', linux, { XDG_DATA_HOME: '' }, '/home/ada/.local/share/jupyter'],
    ['Linux', linux, { JUPYTER_PLATFORM_DIRS: '1' }, '/home/ada/.local/share/jupyter'],
    ['macOS', mac, {}, '/Users/ada/Library/Jupyter'],
    ['macOS', mac, { JUPYTER_PLATFORM_DIRS: '1' }, '/Users/ada/Library/Application Support/Jupyter'],
    ['macOS', mac, { JUPYTER_PLATFORM_DIRS: 'False' }, '/Users/ada/Library/Jupyter'],
    ['macOS', mac, { JUPYTER_DATA_DIR: '/else where', JUPYTER_PLATFORM_DIRS: '1' }, '/else where'],
    ['macOS', mac, { JUPYTER_DATA_DIR: '' }, '/Users/ada/Library/Jupyter'],
    ['Windows', windows, { APPDATA: 'D:\\My Data' }, 'D:\\My Data\\jupyter'],
    ['Windows', windows, {}, 'C:\\Users\\ada\\.jupyter\\data'],
    ['Windows', windows, { JUPYTER_CONFIG_DIR: 'D:\\conf' }, 'D:\\conf\\data'],
    ['Windows', windows, { JUPYTER_PLATFORM_DIRS: '1' }, 'C:\\Users\\ada\\AppData\\Local\\Jupyter'],
    ['Windows', windows, { JUPYTER_PLATFORM_DIRS: '1', LOCALAPPDATA: 'D:\\Local' }, 'D:\\Local\\Jupyter'],
  ])('on %s follows Jupyter’s rule for %j', (_platform, machine, env, folder) => {
    expect(userDataFolder({ ...machine, env })).toBe(folder);
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
    const machine = { ...windows, env: { JUPYTER_PATH: 'C:\\one;D:\\two', APPDATA: 'E:\\Roaming' } };
    expect(dataFolders(machine)).toEqual(['C:\\one', 'D:\\two', 'E:\\Roaming\\jupyter']);
  });

  // Everyone may write below %PROGRAMDATA%, so Jupyter wants to be told.
  test.each([
    [{ PROGRAMDATA: 'E:\\Data' }, []],
    [{ PROGRAMDATA: 'E:\\Data', JUPYTER_USE_PROGRAMDATA: '1' }, ['E:\\Data\\jupyter']],
    [{ JUPYTER_USE_PROGRAMDATA: '1' }, []],
  ])('has the system folders of Windows with %j', (env, folders) => {
    expect(dataFolders({ ...windows, env }).slice(1)).toEqual(folders);
  });

  test.each([
    [{}, 'user'],
    [{ JUPYTER_PREFER_ENV_PATH: '1' }, 'environment'],
    [{ VIRTUAL_ENV: '/env' }, 'environment'],
    [{ VIRTUAL_ENV: '/env', JUPYTER_PREFER_ENV_PATH: '0' }, 'user'],
    [{ CONDA_PREFIX: '/env', CONDA_DEFAULT_ENV: 'work' }, 'environment'],
    [{ CONDA_PREFIX: '/env', CONDA_DEFAULT_ENV: 'base' }, 'user'],
  ])('with %j looks first into the folder of the %s', (env, first) => {
    const folder = { user: userDataFolder(linux), environment: '/env/share/jupyter' }[first];
    expect(dataFolders({ ...linux, env }, ['/env'])[0]).toBe(folder);
  });

  test('names each folder once', () => {
    expect(dataFolders(linux, ['/usr/local'])).toHaveLength(3);
  });
});
