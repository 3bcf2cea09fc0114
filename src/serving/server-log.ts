import type { Logger } from 'pino';

/** Where a server's log goes, and how much of it. */
export interface ServerLog {
  readonly level: 'debug' | 'info' | 'warn' | 'error';
  /** Takes one line of JSON, with its line end. */
  readonly write: (line: string) => void;
}

/** Returns a logger of JSON lines with the level in words and the time in milliseconds since 1970. */
export async function openLog({ level, write }: ServerLog): Promise<Logger> {
  const { pino } = await import('pino');
  const formatters = { level: (label: string) => ({ level: label }) };
  return pino({ level, base: null, formatters }, { write });
}
