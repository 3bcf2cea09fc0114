const anything = '[^\\n]';

/**
 * Returns a gitignore pattern (without its `!`) as a regular expression that finds the paths it means, or nothing when it
 * means none. A pattern that ends with a slash finds directories by their spelling with one.
 */
export function ignorePattern(pattern: string): RegExp | undefined {
  const isDirectory = pattern.endsWith('/');
  const segments = normalize(pattern.split('/'));
  if (segments === undefined) return undefined;
  const text = segments.join('/');
  // `*/` and `**/` match nothing: DVC looks for their slash at the beginning of the path.
  if (text === '**/*/**' || (text === '**' && isDirectory)) return undefined;
  const source = text === '**' || text === '**/*' ? anything : translate(segments);
  try {
    return source === undefined ? undefined : new RegExp(source, 'u');
  } catch {
    // A range such as [z-a]: git ignores the pattern.
    return undefined;
  }
}

/** Returns the segments from the root on, with `**` where anything may stand; nothing when no segment is left. */
function normalize(parts: readonly string[]): string[] | undefined {
  const segments = [...parts];
  const isName = segments.length === 1 || (segments.length === 2 && segments[1] === '');
  if (segments[0] === '') segments.shift();
  else if (isName && segments[0] !== '**') segments.unshift('**');
  if (segments.length === 0 || (segments.length === 1 && segments[0] === '')) return undefined;
  if (segments.at(-1) === '') segments[segments.length - 1] = '**';
  return segments.filter((segment, index) => segment !== '**' || segments[index - 1] !== '**');
}

function translate(segments: readonly string[]): string | undefined {
  const last = segments.length - 1;
  const parts = segments.map((segment, index) => {
    if (segment === '**') return index === 0 ? `^(?:${anything}+/)?` : index === last ? '/' : `(?:/${anything}+)?`;
    const glob = segment === '*' ? '[^/]+' : translateGlob(segment);
    const isAfterName = index > 1 || (index === 1 && segments[0] !== '**');
    const lead = index === 0 ? '^' : isAfterName ? '/' : '';
    return glob === undefined ? undefined : `${lead}${glob}${index === last ? '(?:/|$)' : ''}`;
  });
  return parts.includes(undefined) ? undefined : parts.join('');
}

/** Returns nothing for a bracket without an end and a backslash before nothing, which git takes for no pattern. */
function translateGlob(segment: string): string | undefined {
  const token = /\\(?<escaped>[^])|\[(?<not>[!^]?)(?<set>\]?[^\]]*)\]|(?<wild>[*?])|(?<bad>[[\\])|(?<literal>[^])/gu;
  let source = '';
  for (const { groups } of segment.matchAll(token)) {
    const { escaped, not, set, wild, bad, literal } = groups!;
    if (bad !== undefined) return undefined;
    if (set !== undefined) source += `[${not === '' ? '' : '^'}${set.replaceAll(/[\\\][^]/g, String.raw`\$&`)}]`;
    else if (wild !== undefined) source += wild === '*' ? '[^/]*' : '[^/]';
    else source += escapeLiteral((escaped ?? literal)!);
  }
  return source;
}

function escapeLiteral(character: string): string {
  return /[\\^$.*+?()[\]{}|/]/.test(character) ? `\\${character}` : character;
}
