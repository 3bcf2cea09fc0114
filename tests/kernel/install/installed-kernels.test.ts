import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { installedKernels, installKernel, kernelSpec } from 'labmill/kernel';
import { describe, expect, test } from 'vitest';
import { temporaryFolder } from '../../support/temporary-folder.ts';

function write(dataFolder: string, name: string, content: string): void {
  mkdirSync(join(dataFolder, 'kernels', name), { recursive: true });
  writeFileSync(join(dataFolder, 'kernels', name, 'kernel.json'), content);
}

describe('installedKernels', () => {
  test('lists those of all folders, also where a folder is not there', () => {
    const [first, second] = [temporaryFolder(), temporaryFolder()];
    const folder = installKernel(second);
    expect(installedKernels([first, join(first, 'nowhere'), second])).toEqual([
      { name: 'labmill', displayName: 'TypeScript (Labmill)', folder, argv: kernelSpec().argv, missing: [] },
    ]);
  });

  test('lists those of several projects, and no kernels of others', () => {
    const data = temporaryFolder();
    installKernel(data, { name: 'zoo' });
    installKernel(data, { name: 'ants', displayName: 'Ants' });
    write(data, 'python3', JSON.stringify({ argv: ['python'], display_name: 'Python', metadata: { debugger: true } }));
    write(data, 'broken', '{');
    expect(installedKernels([data])).toMatchObject([
      { name: 'ants', displayName: 'Ants' },
      { name: 'zoo', displayName: 'TypeScript (zoo)' },
    ]);
  });

  test('tells what one that cannot run misses', () => {
    const data = temporaryFolder();
    write(
      data,
      'labmill',
      JSON.stringify({ argv: [process.execPath, '--flag', '/nowhere/main.js', '{connection_file}'] }),
    );
    expect(existsSync(process.execPath)).toBe(true);
    expect(installedKernels([data])).toMatchObject([{ missing: ['/nowhere/main.js'] }]);
  });

  test('tells one that has no command', () => {
    const data = temporaryFolder();
    write(data, 'labmill', '{}');
    expect(installedKernels([data])).toMatchObject([{ argv: [], missing: ['its command'] }]);
  });

  test.each(['{', '7'])('names one that cannot be read: %s', (content) => {
    const data = temporaryFolder();
    write(data, 'labmill', content);
    expect(() => installedKernels([data])).toThrow(
      expect.objectContaining({ code: 'ERR_FILE_READ', message: expect.stringContaining('kernel.json') }),
    );
  });
});
