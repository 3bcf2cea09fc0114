import { mkdirSync, realpathSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { constants, Script } from 'node:vm';
import { onTestFinished } from 'vitest';
import { LocalModules } from '../../src/kernel/runtime/modules/local-modules.ts';
import { Shield } from '../../src/kernel/shield.ts';
import { temporaryFolder } from './temporary-folder.ts';

/** A folder of modules, and cells that import them. */
export class ModuleFolder {
  readonly folder = realpathSync(temporaryFolder());
  readonly modules = new LocalModules(new Shield());
  #cells = 0;

  constructor() {
    onTestFinished(() => this.modules.close());
  }

  /** Writes files. */
  write(files: Readonly<Record<string, string>>): void {
    for (const [name, text] of Object.entries(files)) {
      mkdirSync(join(this.folder, name, '..'), { recursive: true });
      writeFileSync(join(this.folder, name), text);
    }
  }

  /** Runs the body of an async function as a cell. */
  cell(code: string): Promise<unknown> {
    const file = join(this.folder, `cell-${++this.#cells}.ts`);
    this.modules.beforeCell(file, code);
    const script = new Script(`(async (require) => {${code}})`, {
      filename: file,
      importModuleDynamically: constants.USE_MAIN_CONTEXT_DEFAULT_LOADER,
    });
    const run = script.runInThisContext() as (require: NodeJS.Require) => Promise<unknown>;
    return run(this.modules.require(file));
  }

  /** Returns what a module exports as `value`. */
  async value(specifier: string): Promise<unknown> {
    return this.cell(`return (await import(${JSON.stringify(specifier)})).value`);
  }

  /** Returns the stack of the error that a cell ends with. */
  async stack(code: string): Promise<string> {
    return this.cell(code).then(
      () => 'no error',
      (error: unknown) => String((error as Error).stack),
    );
  }
}

/** Returns a folder with the given files; its cells are gone, and Node's loader as it was, when the test ends. */
export function aModuleFolder(files: Readonly<Record<string, string>>): ModuleFolder {
  const folder = new ModuleFolder();
  folder.write(files);
  return folder;
}
