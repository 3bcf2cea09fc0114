const line =
  /^(- | {2})(?:(md5): ([0-9a-f]*[a-f][0-9a-f]*(?:\.dir)?)|(size|nfiles): (0|[1-9]\d{0,14})|(isexec): (true)|(hash): (md5)|(path): ([A-Za-z][\w./-]*))$/;

/** Words that stand for no text in YAML, and hashes that stand for a number. */
const notText = /^(?:null|true|false|\d+e\d+)$/i;

/**
 * Returns the content of a `.dvc` file in the one form that nearly all of them have, and nothing for any other. It is
 * there for speed: the YAML parser takes longer to load than a command needs to see that nothing changed.
 */
export function readPlainDvcFile(text: string): { outs: Record<string, unknown>[] } | undefined {
  const lines = text.split('\n');
  if (lines.shift() !== 'outs:' || lines.pop() !== '') return undefined;
  const outs: Record<string, unknown>[] = [];
  for (const source of lines) {
    const match = line.exec(source);
    if (match === null) return undefined;
    const [, lead, ...found] = match;
    const [key, value] = found.filter((group) => group !== undefined) as [string, string];
    if (lead === '- ') outs.push({});
    const out = outs.at(-1);
    if (out === undefined || key in out || notText.test(value) !== (key === 'isexec')) return undefined;
    out[key] = key === 'isexec' ? true : key === 'size' || key === 'nfiles' ? Number(value) : value;
  }
  return { outs };
}
