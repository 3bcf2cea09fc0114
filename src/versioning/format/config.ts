import { DataFormatError } from '../../base/errors.ts';
import { parseConfigLine, type ConfigLine } from './config-line.ts';

/** The options of a section, by name in lower case. A list (`type = reflink,copy`) keeps its commas. */
export type ConfigOptions = ReadonlyMap<string, string>;

/** What DVC's config files say. */
export interface Config {
  /** `core`, `cache` and the others, by name in lower case. */
  readonly sections: ReadonlyMap<string, ConfigOptions>;
  /** The options of each remote, by its name. */
  readonly remotes: ReadonlyMap<string, ConfigOptions>;
}

/**
 * Parses a config file of DVC's.
 *
 * @param where names the file in messages
 * @throws DataFormatError for a line that is neither a section nor an option, and for a name that is there twice
 */
export function parseConfig(text: string, where: string): Config {
  const sections = new Map<string, Map<string, string>>();
  const remotes = new Map<string, Map<string, string>>();
  let options: Map<string, string> | undefined;
  for (const line of readLines(text, where)) {
    if (line.kind === 'section') {
      const remote = remoteName(line.name);
      const [into, name] = remote === undefined ? [sections, line.name.toLowerCase()] : [remotes, remote];
      if (into.has(name))
        throw new DataFormatError(`${where}:${line.number}: the section ${quote(line.name)} is there twice`);
      options = new Map();
      into.set(name, options);
    } else if (line.kind === 'option') {
      if (options === undefined)
        throw new DataFormatError(`${where}:${line.number}: expected a section before ${quote(line.name)}`);
      if (options.has(line.name))
        throw new DataFormatError(`${where}:${line.number}: ${quote(line.name)} is there twice`);
      options.set(line.name, line.value);
    }
  }
  return { sections, remotes };
}

/** Returns one config of several; a later one's options win over those of the same name before. */
export function mergeConfigs(configs: readonly Config[]): Config {
  return {
    sections: mergeMaps(configs.map(({ sections }) => sections)),
    remotes: mergeMaps(configs.map(({ remotes }) => remotes)),
  };
}

/** A line of a config file: what it is, and where its text ends when it is a value of several lines. */
export type NumberedConfigLine = ConfigLine & { readonly number: number; readonly endNumber: number };

/**
 * Returns the lines of a config file.
 *
 * @throws DataFormatError for one that is neither blank, nor a comment, a section or an option
 */
export function readLines(text: string, where: string): NumberedConfigLine[] {
  const maxLength = 1e6;
  if (text.length > maxLength)
    throw new DataFormatError(`${where}: expected at most ${maxLength} characters, got ${text.length}`);
  const source = text.replace(/^\ufeff/, '').split(/\r\n|\r|\n/);
  const lines: NumberedConfigLine[] = [];
  for (let index = 0; index < source.length;) {
    const { line, length } = parseConfigLine(source.slice(index)) ?? { line: undefined, length: 0 };
    if (line === undefined) {
      // The line itself may hold a password.
      throw new DataFormatError(`${where}:${index + 1}: expected a [section] or an option as in name = value`);
    }
    lines.push({ ...line, number: index + 1, endNumber: index + length });
    index += length;
  }
  return lines;
}

/** Returns the name in a section such as `remote "name"`. */
export function remoteName(section: string): string | undefined {
  return /^\s*remote\s*"(.*)"\s*$/.exec(section)?.[1];
}

function mergeMaps(maps: readonly ReadonlyMap<string, ConfigOptions>[]): Map<string, ConfigOptions> {
  const merged = new Map<string, ConfigOptions>();
  for (const [name, options] of maps.flatMap((map) => [...map])) {
    merged.set(name, new Map([...(merged.get(name) ?? []), ...options]));
  }
  return merged;
}

function quote(text: string): string {
  return JSON.stringify(text.slice(0, 80));
}
