import { isAbsolute, join, relative, resolve, sep } from 'node:path';
import type { Config, ConfigOptions } from './config.ts';

const cachePaths = new Set(['dir']);
const remotePaths = new Set(['url', 'credentialpath', 'configpath', 'keyfile', 'cert_path', 'key_path']);

/**
 * Returns a config with absolute paths. In its file they are relative to the file's own folder.
 *
 * @param home what `~` stands for
 */
export function resolveConfigPaths(config: Config, directory: string, home: string): Config {
  const resolved = (options: ConfigOptions, names: ReadonlySet<string>): ConfigOptions =>
    new Map([...options].map(([name, value]) => [name, names.has(name) ? resolvePath(value, directory, home) : value]));
  return {
    sections: new Map(
      [...config.sections].map(([name, options]) => [name, name === 'cache' ? resolved(options, cachePaths) : options]),
    ),
    remotes: new Map([...config.remotes].map(([name, options]) => [name, resolved(options, remotePaths)])),
  };
}

/**
 * Returns an option's value as it stands in a config file: a path that was given relative to `workingDirectory` becomes one
 * relative to the file's own folder; URLs, absolute paths and those from `~` stay.
 */
export function storedConfigValue(option: string, value: string, workingDirectory: string, directory: string): string {
  const isPath = remotePaths.has(option) || cachePaths.has(option);
  if (!isPath || isUrl(value) || isAbsolute(value) || /^~(?:\/|$)/.test(value)) return value;
  return relative(directory, resolve(workingDirectory, value)).split(sep).join('/');
}

function resolvePath(value: string, directory: string, home: string): string {
  if (isUrl(value) || isAbsolute(value)) return value;
  return /^~(?:\/|$)/.test(value) ? join(home, value.slice(1)) : resolve(directory, value);
}

function isUrl(value: string): boolean {
  return /^\w+:\/\//.test(value);
}
