import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { installKernel, kernelSpec, uninstallKernel } from 'labmill/kernel';
import { describe, expect, test } from 'vitest';
import { temporaryFolder } from '../../support/temporary-folder.ts';

/** Writes the kernelspec of another kernel, and returns its folder. */
function anotherKernel(dataFolder: string, name: string): string {
  const folder = join(dataFolder, 'kernels', name);
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'kernel.json'), '{ "argv": ["python"] }');
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
    const main = args.at(-2)!;
    expect(node).toBe(process.execPath);
    expect(main).toMatch(/^([/]|[A-Z]:\\).*[\\/]kernel[\\/]main\.[jt]s$/);
    expect(existsSync(main)).toBe(true);
    expect(args.at(-1)).toBe('{connection_file}');
  });

  test.each([
    [{ name: 'my-project' }, 'TypeScript (my-project)'],
    [{ name: 'my-project', displayName: 'Mine' }, 'Mine'],
    [{ displayName: 'Mine' }, 'Mine'],
  ])('is shown by the name of %j', (options, shown) => {
    expect(kernelSpec(options).display_name).toBe(shown);
  });
});

describe('installKernel', () => {
  test('writes kernel.json and the picture, also below a path with spaces', () => {
    const folder = installKernel(join(temporaryFolder(), 'a b'));
    expect(folder).toMatch(/[\\/]a b[\\/]kernels[\\/]labmill$/);
    expect(readdirSync(folder).toSorted()).toEqual(['kernel.json', 'logo-svg.svg']);
    expect(JSON.parse(readFileSync(join(folder, 'kernel.json'), 'utf8'))).toEqual(kernelSpec());
    expect(readFileSync(join(folder, 'logo-svg.svg'), 'utf8')).toMatch(/^<svg /);
  });

  test('writes over what is there, be it damaged', () => {
    const data = temporaryFolder();
    const file = join(installKernel(data), 'kernel.json');
    writeFileSync(file, '{');
    installKernel(data);
    expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual(kernelSpec());
  });

  test('keeps the kernels of two projects side by side, by names in lower case as Jupyter does', () => {
    const data = temporaryFolder();
    installKernel(data, { name: 'one' });
    installKernel(data, { name: 'Two.2' });
    expect(readdirSync(join(data, 'kernels')).toSorted()).toEqual(['one', 'two.2']);
  });

  test.each(['', 'my project', '../up', 'größe'])('refuses the name %j', (name) => {
    expect(() => installKernel(temporaryFolder(), { name })).toThrow(
      expect.objectContaining({ code: 'ERR_INVALID_ARGUMENT', message: expect.stringContaining(JSON.stringify(name)) }),
    );
  });

  test('does not write over another kernel', () => {
    const data = temporaryFolder();
    anotherKernel(data, 'python3');
    expect(() => installKernel(data, { name: 'python3' })).toThrow(
      expect.objectContaining({ code: 'ERR_INVALID_ARGUMENT', message: expect.stringContaining('another --name') }),
    );
  });

  test('fails with the path where it cannot write', () => {
    const file = join(temporaryFolder(), 'a-file');
    writeFileSync(file, '');
    expect(() => installKernel(file)).toThrow(
      expect.objectContaining({ code: 'ERR_FILE_WRITE', message: expect.stringContaining(file) }),
    );
  });
});

describe('uninstallKernel', () => {
  test('removes what installKernel wrote, and nothing else', () => {
    const data = temporaryFolder();
    anotherKernel(data, 'other');
    const folder = installKernel(data);
    expect(uninstallKernel(data)).toBe(folder);
    expect(readdirSync(join(data, 'kernels'))).toEqual(['other']);
  });

  test('removes the kernel of one project', () => {
    const data = temporaryFolder();
    installKernel(data, { name: 'one' });
    installKernel(data, { name: 'two' });
    uninstallKernel(data, { name: 'one' });
    expect(readdirSync(join(data, 'kernels'))).toEqual(['two']);
  });

  test('does not remove another kernel', () => {
    const data = temporaryFolder();
    const folder = anotherKernel(data, 'python3');
    expect(() => uninstallKernel(data, { name: 'python3' })).toThrow(
      expect.objectContaining({ code: 'ERR_INVALID_ARGUMENT', message: expect.stringContaining(folder) }),
    );
  });

  test('returns nothing where there was none', () => {
    expect(uninstallKernel(temporaryFolder())).toBeUndefined();
  });
});
