import { integerField, RequestError, textField } from '../request-content.ts';
import type { HistoryRow, HistoryStore } from './history-store.ts';

type Content = Readonly<Record<string, unknown>>;

/** An input of this session. */
interface Input {
  readonly line: number;
  readonly source: string;
  output?: string;
}

/** What a history needs of the kernel around it. */
export interface HistoryParts {
  /** The file that kernels share; `undefined`: this session's inputs are kept in memory, for as long as it lasts. */
  readonly file: string | undefined;
  readonly log: (line: string) => void;
}

/** How long inputs wait to be written together, in milliseconds. */
const WRITE_DELAY_MS = 500;
/** How many inputs of this session are kept in memory, with their outputs. */
const MAX_IN_MEMORY = 1000;
/** How long an output's text may be. */
const MAX_OUTPUT_LENGTH = 1000;
/** How many inputs `tail` returns by itself, as in IPython. */
const DEFAULT_TAIL = 10;

/**
 * The inputs of this and of earlier sessions, and the results of this one as text; results are written nowhere. No cell waits for
 * the disk: inputs are written later, together. A file that cannot be used costs a line on the log, and nothing else.
 */
export class History {
  readonly #log: (line: string) => void;
  #file: string | undefined;
  #store: HistoryStore | undefined;
  #inputs: Input[] = [];
  /** How many of the last inputs are not in the store yet. */
  #unwritten = 0;
  #timer: NodeJS.Timeout | undefined;

  constructor({ file, log }: HistoryParts) {
    this.#file = file;
    this.#log = log;
  }

  /** Adds an input; its execution count is `line`. */
  add(line: number, source: string): void {
    this.#inputs.push({ line, source });
    this.#unwritten++;
    if (this.#inputs.length > 2 * MAX_IN_MEMORY) this.#inputs = this.#inputs.slice(-MAX_IN_MEMORY);
    if (this.#file !== undefined) this.#timer ??= setTimeout(() => void this.#save(), WRITE_DELAY_MS).unref();
  }

  /** Adds the result of an input. */
  setOutput(line: number, output: string): void {
    const input = this.#inputs.findLast((candidate) => candidate.line === line);
    if (input !== undefined) input.output = output.slice(0, MAX_OUTPUT_LENGTH);
  }

  /**
   * Answers a `history_request` (messaging specification, "History"): `tail`, `range` or `search`.
   *
   * @throws RequestError when it asks for something else
   */
  async answer(content: Content): Promise<unknown[]> {
    const query = queryOf(content);
    const rows = await this.#use((store) => query(store));
    const { session: current } = this.#store!;
    const outputs = new Map(this.#inputs.map(({ line, output }) => [line, output]));
    const withOutput = content['output'] === true;
    return rows.map(({ session, line, source }) => {
      const output = session === current ? outputs.get(line) : undefined;
      return [session, line, withOutput ? [source, output ?? null] : source];
    });
  }

  /** Writes what is not written yet, and closes the file. */
  async close(): Promise<void> {
    await this.#save();
    this.#store?.close();
    this.#store = undefined;
  }

  async #save(): Promise<void> {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    if (this.#file !== undefined && this.#unwritten > 0) await this.#use(() => {});
  }

  /** Does `work` on a store that has everything; where the file fails, this session goes on in memory. */
  async #use<T>(work: (store: HistoryStore) => T): Promise<T> {
    // Loaded when it is first needed: it has no place on the way of a kernel's start, nor of its first cell.
    const { HistoryStore, IN_MEMORY } = await import('./history-store.ts');
    try {
      this.#store ??= new HistoryStore(this.#file ?? IN_MEMORY);
      this.#write(this.#store);
      return work(this.#store);
    } catch (error) {
      if (this.#file === undefined) throw error;
      const reason = error instanceof Error ? error.message : String(error);
      this.#log(`labmill kernel: the history is kept in memory only: ${this.#file}: ${reason}`);
      this.#file = undefined;
      this.#store = new HistoryStore(IN_MEMORY);
      this.#unwritten = this.#inputs.length;
      this.#write(this.#store);
      return work(this.#store);
    }
  }

  #write(store: HistoryStore): void {
    if (this.#unwritten > 0) store.add(this.#inputs.slice(-this.#unwritten));
    this.#unwritten = 0;
  }
}

/** Returns what a request asks of a store. */
function queryOf(content: Content): (store: HistoryStore) => HistoryRow[] {
  const n = integerField(content, 'n');
  switch (content['hist_access_type']) {
    case 'tail':
      return (store) => store.tail(Math.max(n ?? DEFAULT_TAIL, 0));
    case 'range': {
      const [session = 0, start = 1, stop = 0] = ['session', 'start', 'stop'].map((name) =>
        integerField(content, name),
      );
      // 0 is this session, -1 the one before it.
      return (store) => store.range(session > 0 ? session : store.session + session, start, stop);
    }
    case 'search': {
      const pattern = content['pattern'] === undefined ? '*' : textField(content, 'pattern');
      return (store) => store.search(pattern, n === undefined ? undefined : Math.max(n, 0), content['unique'] === true);
    }
    default: {
      const asked = JSON.stringify(content['hist_access_type']) ?? 'nothing';
      throw new RequestError(`expected hist_access_type to be "tail", "range" or "search", got ${asked}`);
    }
  }
}
