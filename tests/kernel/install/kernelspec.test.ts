import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { isAbsolute, join } from 'node:path';
import { installedKernels, installKernel, kernelSpec, uninstallKernel } from 'labmill/kernel';
import { describe, expect, onTestFinished, test } from 'vitest';

function aDataFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'labmill-test-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  return folder;
}

describe('kernelSpec', () => {
  test('is what Jupyter reads', () => {
    expect(kernelSpec()).toMatchObject({
      display_name: 'TypeScript (Labmill)',
      language: 'typescript',
      interrupt_mode: 'message',
      metadata: { debugger: false },
    });
  });

  test('names this Node and the kernel by absolute paths, and the connection file as an argument of its own', () => {
    const [node, ...args] = kernelSpec().argv;
    const files = args.filter((argument) => !argument.startsWith('-'));
    expect(node).toBe(process.execPath);
    expect(files).toHaveLength(2);
    expect(isAbsolute(files[0]!) && existsSync(files[0]!)).toBe(true);
    expect(files[1]).toBe('{connection_file}');
  });
});

describe('installKernel', () => {
  test('writes kernel.json and the picture', () => {
    const folder = installKernel(aDataFolder());
    expect(folder).toMatch(/[\\/]kernels[\\/]labmill$/);
    expect(readdirSync(folder).toSorted()).toEqual(['kernel.json', 'logo-svg.svg']);
    expect(JSON.parse(readFileSync(join(folder, 'kernel.json'), 'utf8'))).toEqual(kernelSpec());
    expect(readFileSync(join(folder, 'logo-svg.svg'), 'utf8')).toMatch(/^<svg /);
  });

  test('writes over what is there', () => {
    const data = aDataFolder();
    writeFileSync(join(installKernel(data), 'kernel.json'), '{}');
    installKernel(data);
    expect(installedKernels([data])).toMatchObject([{ isRunnable: true }]);
  });

  test('fails with the path where it cannot write', () => {
    const file = join(aDataFolder(), 'a-file');
    writeFileSync(file, '');
    expect(() => installKernel(file)).toThrow(
      expect.objectContaining({ code: 'ERR_FILE_WRITE', message: expect.stringContaining(file) }),
    );
  });
});

describe('uninstallKernel', () => {
  test('removes what installKernel wrote, and nothing else', () => {
    const data = aDataFolder();
    mkdirSync(join(data, 'kernels', 'other'), { recursive: true });
    const folder = installKernel(data);
    expect(uninstallKernel(data)).toBe(folder);
    expect(readdirSync(join(data, 'kernels'))).toEqual(['other']);
  });

  test('returns nothing where there was none', () => {
    expect(uninstallKernel(aDataFolder())).toBeUndefined();
  });
});

describe('installedKernels', () => {
  test('lists the folders that have one', () => {
    const [first, second] = [aDataFolder(), aDataFolder()];
    const folder = installKernel(second);
    expect(installedKernels([first, second])).toEqual([{ folder, argv: kernelSpec().argv, isRunnable: true }]);
  });

  test.each([
    ['whose Node is gone', ['/nowhere/node', '/nowhere/main.js', '{connection_file}']],
    ['without a command', []],
  ])('knows one that cannot run: %s', (_what, argv) => {
    const data = aDataFolder();
    writeFileSync(join(installKernel(data), 'kernel.json'), JSON.stringify({ argv }));
    expect(installedKernels([data])).toMatchObject([{ argv, isRunnable: false }]);
  });

  test('names one that cannot be read', () => {
    const data = aDataFolder();
    writeFileSync(join(installKernel(data), 'kernel.json'), '{');
    expect(() => installedKernels([data])).toThrow(
      expect.objectContaining({ code: 'ERR_FILE_READ', message: expect.stringContaining('kernel.json') }),
    );
  });
});
