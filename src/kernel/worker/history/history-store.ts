import { closeSync, mkdirSync, openSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync, type SQLInputValue } from 'node:sqlite';

/** One input of any session. */
export interface HistoryRow {
  readonly session: number;
  readonly line: number;
  readonly source: string;
}

/** A store that is no file and ends with its process. */
export const IN_MEMORY = ':memory:';
/** How many inputs are kept, of all sessions together. */
const MAX_INPUTS = 100_000;
/** How long another kernel that writes is waited for, in milliseconds. */
const BUSY_TIMEOUT_MS = 200;

const SCHEMA = `
  CREATE TABLE IF NOT EXISTS sessions (session INTEGER PRIMARY KEY AUTOINCREMENT, started TEXT NOT NULL);
  CREATE TABLE IF NOT EXISTS inputs (
    id INTEGER PRIMARY KEY AUTOINCREMENT, session INTEGER NOT NULL, line INTEGER NOT NULL, source TEXT NOT NULL
  );
  CREATE INDEX IF NOT EXISTS inputs_by_session ON inputs (session);`;

/** Inputs in an SQLite file that kernels share: each has a session of its own, all read everything. */
export class HistoryStore {
  /** The number of this kernel's session. */
  readonly session: number;
  readonly #database: DatabaseSync;
  readonly #maxInputs: number;

  /**
   * @param file a path, or `IN_MEMORY`; a file that is made is for its user alone
   * @throws Error when the file cannot be used: damaged, locked, read-only
   */
  constructor(file: string, maxInputs: number = MAX_INPUTS) {
    this.#maxInputs = maxInputs;
    if (file !== IN_MEMORY) {
      mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
      closeSync(openSync(file, 'a', 0o600));
    }
    this.#database = new DatabaseSync(file, { timeout: BUSY_TIMEOUT_MS });
    try {
      // Readers and a writer side by side; what a crash of the machine may lose is worth no wait for the disk.
      this.#database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL;');
      this.session = this.#write(() => {
        this.#database.exec(SCHEMA);
        const { lastInsertRowid } = this.#run('INSERT INTO sessions (started) VALUES (?)', new Date().toISOString());
        return Number(lastInsertRowid);
      });
    } catch (error) {
      this.#database.close();
      throw error;
    }
  }

  /** Adds inputs of this session; the oldest ones beyond the limit go. */
  add(inputs: ReadonlyArray<Omit<HistoryRow, 'session'>>): void {
    this.#write(() => {
      const insert = this.#database.prepare('INSERT INTO inputs (session, line, source) VALUES (?, ?, ?)');
      for (const { line, source } of inputs) insert.run(this.session, line, source);
      this.#run('DELETE FROM inputs WHERE id <= (SELECT max(id) FROM inputs) - ?', this.#maxInputs);
      this.#run('DELETE FROM sessions WHERE session < (SELECT min(session) FROM inputs)');
    });
  }

  /** Returns the last `n` inputs, newest last; those of this session count as the newest. */
  tail(n: number): HistoryRow[] {
    const own = this.#rows('WHERE session = ? ORDER BY id DESC LIMIT ?', this.session, n);
    const others = this.#rows('WHERE session <> ? ORDER BY id DESC LIMIT ?', this.session, n - own.length);
    return [...own, ...others].toReversed();
  }

  /** Returns the inputs `start` ≤ line < `stop` of a session; negative lines count from its end, one behind the last being 0. */
  range(session: number, start: number, stop: number): HistoryRow[] {
    const rows = this.#rows('WHERE session = ? ORDER BY id', session);
    const end = (rows.at(-1)?.line ?? 0) + 1;
    const [from, to] = [start < 0 ? start + end : start, stop <= 0 ? stop + end : stop];
    return rows.filter(({ line }) => line >= from && line < to);
  }

  /** Returns the last `n` inputs that match a glob (`*`, `?`, `[a-z]`), newest last; `unique`: of equal ones the newest. */
  search(pattern: string, n: number = -1, unique = false): HistoryRow[] {
    const matches = unique ? 'id IN (SELECT max(id) FROM inputs WHERE source GLOB ? GROUP BY source)' : 'source GLOB ?';
    return this.#rows(`WHERE ${matches} ORDER BY id DESC LIMIT ?`, pattern, n).toReversed();
  }

  /** Closes the file. */
  close(): void {
    this.#database.close();
  }

  #rows(selection: string, ...values: readonly SQLInputValue[]): HistoryRow[] {
    const statement = this.#database.prepare(`SELECT session, line, source FROM inputs ${selection}`);
    return statement.all(...values) as unknown as HistoryRow[];
  }

  #run(sql: string, ...values: readonly SQLInputValue[]): { readonly lastInsertRowid: number | bigint } {
    return this.#database.prepare(sql).run(...values);
  }

  /** A transaction that waits for its turn at the beginning: one that starts by reading would fail where another writes. */
  #write<T>(work: () => T): T {
    this.#database.exec('BEGIN IMMEDIATE');
    try {
      const result = work();
      this.#database.exec('COMMIT');
      return result;
    } catch (error) {
      if (this.#database.isTransaction) this.#database.exec('ROLLBACK');
      throw error;
    }
  }
}
