import { expect, test } from 'vitest';
import { type Random, random } from '../../../../src/base/random.ts';
import { aModuleFolder } from '../../../support/module-folder.ts';

/** Modules that import those before them; each exports the sum of its own number and of what it imports. */
class RandomModules {
  readonly own: number[] = [];
  readonly imports: number[][] = [];
  readonly #random: Random;

  constructor(source: Random) {
    this.#random = source;
  }

  /** Changes a module and returns its file. */
  edit(index: number): Readonly<Record<string, string>> {
    this.own[index] = this.#random.integer(0, 1000);
    this.imports[index] = Array.from({ length: index }, (_, other) => other).filter(() => this.#random.uniform() < 0.4);
    return { [this.name(index)]: this.#text(index) };
  }

  /** A third of them is CommonJS. */
  name(index: number): string {
    return `m${index}.${index % 3 === 2 ? 'cjs' : 'mts'}`;
  }

  /** Returns what a module exports when all files are as they are now. */
  expected(index: number): number {
    return this.imports[index]!.reduce((sum, other) => sum + this.expected(other), this.own[index]!);
  }

  #text(index: number): string {
    const names = this.imports[index]!.map((other) => `v${other}`);
    const isCommonJs = this.name(index).endsWith('cjs');
    const imports = this.imports[index]!.map((other) =>
      isCommonJs
        ? `const { value: v${other} } = require('./${this.name(other)}');`
        : `import { value as v${other} } from './${this.name(other)}';`,
    );
    const sum = [this.own[index], ...names].join(' + ');
    return `${imports.join('\n')}\n${isCommonJs ? 'exports.value' : 'export const value'} = ${sum};`;
  }
}

test('whatever is edited in between, an import gives what the files say now', async () => {
  const source = random(5);
  const modules = new RandomModules(source);
  const folder = aModuleFolder({});
  for (let index = 0; index < 9; index++) folder.write(modules.edit(index));
  for (let step = 0; step < 150; step++) {
    folder.write(modules.edit(source.integer(0, 9)));
    const index = source.integer(0, 9);
    expect([step, await folder.value(`./${modules.name(index)}`)]).toEqual([step, modules.expected(index)]);
  }
});
