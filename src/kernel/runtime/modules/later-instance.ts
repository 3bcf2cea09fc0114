import type { LoadFnOutput } from 'node:module';
import { fileURLToPath } from 'node:url';
import { plainUrl, versionOf } from './module-graph.ts';

/** What makes a module of a text in a package that does not say what its modules are. */
const MODULE_SYNTAX = /^\s*(?:import\b(?!\s*[.(])|export\b)/m;
/** The end of a bridge's name; see `bridgeSource`. */
const BRIDGE = /\.labmill-\d+\.mjs$/;

/**
 * Returns what Node is to run as a later instance of a module whose file it has read: the same code, under the module's plain URL,
 * which stack frames then name.
 *
 * @param isRequired whether it is loaded by `require`, which finds modules by their paths, and so would find the first instance
 * of an ES module forever; it is led to the current one through a module of another name
 */
export function laterInstance(url: string, isRequired: boolean, loaded: LoadFnOutput): LoadFnOutput {
  const source = textOf(loaded.source);
  if (!isModule(loaded.format, source)) return loaded;
  const plain = plainUrl(url);
  if (isRequired) {
    const bridge = `${fileURLToPath(plain)}.labmill-${versionOf(url)}.mjs`;
    return { format: 'commonjs', source: `module.exports = require(${JSON.stringify(bridge)})`, shortCircuit: true };
  }
  return { format: 'module', source: `${source}\n//# sourceURL=${plain}`, shortCircuit: true };
}

/** Returns whether a specifier or URL is that of a bridge between `require` and an ES module. */
export function isBridge(name: string): boolean {
  return BRIDGE.test(name);
}

/** Returns the text of a bridge: what `require` returns is what it would return for the module itself. */
export function bridgeSource(url: string): string {
  return `import * as m from ${JSON.stringify(url.replace(BRIDGE, ''))};
const exports = 'module.exports' in m ? m['module.exports'] : 'default' in m ? { __esModule: true, ...m } : m;
export { exports as 'module.exports' };`;
}

function isModule(format: string | null | undefined, source: string): boolean {
  return format === 'module' || ((format ?? undefined) === undefined && MODULE_SYNTAX.test(source));
}

function textOf(source: LoadFnOutput['source']): string {
  if (source === undefined || typeof source === 'string') return source ?? '';
  return new TextDecoder().decode(source);
}
