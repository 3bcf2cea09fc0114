/** One input of a session. */
interface HistoryEntry {
  readonly line: number;
  readonly source: string;
  output: string | undefined;
}

/** The number under which this session's entries are reported. */
const SESSION = 1;
/** How many entries are kept. */
const MAX_ENTRIES = 10_000;

/** The inputs of this session and their results as text, in memory. */
export class History {
  readonly #entries: HistoryEntry[] = [];

  /** Adds an input; its execution count is `line`. */
  add(line: number, source: string): void {
    this.#entries.push({ line, source, output: undefined });
    if (this.#entries.length > MAX_ENTRIES) this.#entries.shift();
  }

  /** Adds the result of an input. */
  setOutput(line: number, output: string): void {
    const entry = this.#entries.findLast((candidate) => candidate.line === line);
    if (entry !== undefined) entry.output = output;
  }

  /** Answers a `history_request` (messaging specification, "History"): `tail`, `range` or `search`. */
  answer(request: Readonly<Record<string, unknown>>): unknown[] {
    const withOutput = request['output'] === true;
    return this.#select(request).map(({ line, source, output }) => [
      SESSION,
      line,
      withOutput ? [source, output ?? null] : source,
    ]);
  }

  #select(request: Readonly<Record<string, unknown>>): HistoryEntry[] {
    const n = typeof request['n'] === 'number' ? request['n'] : undefined;
    switch (request['hist_access_type']) {
      case 'tail':
        return lastOf(this.#entries, n);
      case 'range': {
        // The present session is 0, or its own number; others were not kept.
        if (request['session'] !== 0 && request['session'] !== SESSION) return [];
        const start = typeof request['start'] === 'number' ? request['start'] : 0;
        const stop = typeof request['stop'] === 'number' ? request['stop'] : Infinity;
        return this.#entries.filter(({ line }) => line >= start && line < stop);
      }
      case 'search': {
        const matches = globMatcher(typeof request['pattern'] === 'string' ? request['pattern'] : '*');
        const found = this.#entries.filter(({ source }) => matches(source));
        return lastOf(request['unique'] === true ? uniqueBySource(found) : found, n);
      }
      default:
        return [];
    }
  }
}

function lastOf(entries: readonly HistoryEntry[], n: number | undefined): HistoryEntry[] {
  return n === undefined ? [...entries] : n <= 0 ? [] : entries.slice(-n);
}

function uniqueBySource(entries: readonly HistoryEntry[]): HistoryEntry[] {
  return entries.filter((entry, index) => entries.findLastIndex(({ source }) => source === entry.source) === index);
}

/** `*` stands for any text, `?` for one character. */
function globMatcher(pattern: string): (text: string) => boolean {
  const expression = pattern
    .replace(/[.+^${}()|[\]\\]/g, '\\$&')
    .replaceAll('*', '[^]*')
    .replaceAll('?', '[^]');
  const regex = new RegExp(`^${expression}$`);
  return (text) => regex.test(text);
}
