import { formatYamlString } from './yaml-scalar.ts';

/** What a YAML file of DVC's is made of. */
export type YamlValue = string | number | boolean | null | readonly YamlValue[] | { readonly [key: string]: YamlValue };

const width = 80;

/** Returns a mapping as YAML in DVC's layout: blocks, lists not indented below their key, lines folded at 80 columns. */
export function formatYamlMapping(mapping: Readonly<Record<string, YamlValue>>): string {
  return mappingLines(mapping, 0, '').join('');
}

/** Returns one text for each key; `first` stands before the first key in place of its indentation. */
function mappingLines(mapping: Readonly<Record<string, YamlValue>>, indent: number, first: string): string[] {
  return Object.entries(mapping).map(([key, value], index) => {
    const lead = index === 0 && first !== '' ? first : ' '.repeat(indent);
    const name = formatYamlString(key, { column: indent, indent, width: Infinity });
    return `${lead}${name}:${blockValue(value, indent, indent + [...name].length + 1)}`;
  });
}

/** Returns what follows a key's colon, up to the end of its line or block. */
function blockValue(value: YamlValue, indent: number, column: number): string {
  if (isList(value) && value.length > 0) return `\n${listLines(value, indent).join('')}`;
  if (isMapping(value) && Object.keys(value).length > 0) return `\n${mappingLines(value, indent + 2, '').join('')}`;
  const scalar = formatScalar(value, column + 1, indent + 2);
  return `${scalar === '' ? '' : ' '}${scalar}\n`;
}

function listLines(list: readonly YamlValue[], indent: number, first = ' '.repeat(indent)): string[] {
  return list.map((item, index) => {
    const lead = `${index === 0 ? first : ' '.repeat(indent)}-`;
    if (isMapping(item) && Object.keys(item).length > 0) return mappingLines(item, indent + 2, `${lead} `).join('');
    if (isList(item) && item.length > 0) return listLines(item, indent + 2, `${lead} `).join('');
    const scalar = formatScalar(item, indent + 2, indent + 2);
    return `${lead}${scalar === '' ? '' : ' '}${scalar}\n`;
  });
}

function formatScalar(value: YamlValue, column: number, indent: number): string {
  if (typeof value === 'string') return formatYamlString(value, { column, indent, width });
  if (value === null) return '';
  return isList(value) ? '[]' : isMapping(value) ? '{}' : String(value);
}

function isList(value: YamlValue): value is readonly YamlValue[] {
  return Array.isArray(value);
}

function isMapping(value: YamlValue): value is { readonly [key: string]: YamlValue } {
  return typeof value === 'object' && value !== null && !isList(value);
}
