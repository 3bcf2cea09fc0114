/** Where a server's log goes, and how much of it. */
export interface ServerLog {
  readonly level: 'debug' | 'info' | 'warn' | 'error';
  /** Takes one or more lines of JSON, each with its line end. */
  readonly write: (lines: string) => void;
}

/** A request that has been answered. */
interface AnsweredRequest {
  readonly time: number;
  readonly requestId: string;
  readonly method: string;
  readonly path: string;
  readonly status: number;
  readonly ms: number;
}

/** The log of one server: no bodies, no headers, no query strings. */
export interface RequestLog {
  answered(request: AnsweredRequest): void;
  /** A fault of the server; written at once. */
  failed(requestId: string, error: unknown): void;
  /** Writes what still waits. */
  flush(): void;
}

/** How long a line waits for others: one at a time, each costs a server more than its prediction. */
const delayMs = 20;

/** What probes and Prometheus ask every few seconds is for the level `debug`. */
const polled = /^\/(?:health|ping|metrics)/;

/** Returns a log of JSON lines with the level in words and the time in milliseconds since 1970. */
export async function openLog({ level, write }: ServerLog): Promise<RequestLog> {
  const { pino } = await import('pino');
  let lines = '';
  const stream = {
    write: (line: string): void => {
      lines += line;
    },
  };
  const logger = pino(
    { level, base: null, timestamp: false, formatters: { level: (label) => ({ level: label }) } },
    stream,
  );
  let waiting: AnsweredRequest[] = [];
  const flush = (): void => {
    for (const request of waiting) {
      const { status, path } = request;
      logger[status >= 500 ? 'error' : polled.test(path) ? 'debug' : 'info'](request, 'answered');
    }
    waiting = [];
    if (lines !== '') write(lines);
    lines = '';
  };
  return {
    answered: (request) => {
      if (waiting.push(request) === 1) setTimeout(flush, delayMs);
    },
    failed: (requestId, error) => {
      logger.error({ time: Date.now(), requestId, err: error }, 'failed');
      flush();
    },
    flush,
  };
}
