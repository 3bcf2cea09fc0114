import { Agent as HttpAgent, type IncomingMessage, request as httpRequest } from 'node:http';
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https';
import { pipeline } from 'node:stream/promises';
import { RemoteAuthError, RemoteError, TimeoutError, isLabmillError } from '../../base/errors.ts';
import { blockBytes } from './object-bytes.ts';
import { retryOnce } from './retry.ts';
import type { WebdavSettings } from './webdav-settings.ts';

/** A request to a `HttpClient`. */
export interface HttpRequest {
  readonly method: string;
  /** Relative to the root. */
  readonly path: string;
  /** What it is for, the begin of messages. */
  readonly where: string;
  /** The statuses that are no error. */
  readonly accept: readonly number[];
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: HttpBody;
  readonly signal?: AbortSignal | undefined;
}

/** What is sent. The length is always said: some servers refuse a body in chunks (411). */
interface HttpBody {
  readonly size: number;
  /** Makes the bytes, anew for each try. */
  readonly blocks: () => AsyncIterable<Uint8Array>;
}

const mostRedirects = 5;
const largestText = 2 ** 26;
const pauseMs = 250;
/** Nobody waits longer at a prompt; a server that asks for more is taken for one that refuses. */
const longestPauseMs = 60_000;

/** Talks to one server. Connections are kept, the credentials go nowhere else, and what fails in passing is tried twice. */
export class HttpClient {
  readonly #settings: WebdavSettings;
  readonly #agent: HttpAgent;

  constructor(settings: WebdavSettings) {
    this.#settings = settings;
    this.#agent =
      settings.root.protocol === 'https:'
        ? new HttpsAgent({ keepAlive: true, rejectUnauthorized: settings.isCertificateChecked })
        : new HttpAgent({ keepAlive: true });
  }

  /** Returns the URL of a path as messages show it. */
  show(path: string): string {
    return `${this.#settings.shownUrl.replace(/\/+$/, '')}/${path}`;
  }

  /** Returns the URL of a path as requests have it. */
  url(path: string): URL {
    return new URL(path, this.#settings.root);
  }

  /**
   * Sends a request and returns status and text of the answer.
   *
   * @throws RemoteAuthError on 401 and 407
   * @throws RemoteError on any other status that is not accepted, on silence, and when the connection breaks
   */
  async request(what: HttpRequest): Promise<{ status: number; text: string }> {
    return this.exchange(what, async (answer) => {
      const chunks: Uint8Array[] = [];
      let bytes = 0;
      for await (const chunk of answer as AsyncIterable<Uint8Array>) {
        chunks.push(chunk);
        bytes += chunk.length;
        if (bytes > largestText)
          throw new RemoteError(`${what.where}: expected at most ${largestText} bytes, got more`);
      }
      return { status: answer.statusCode ?? 0, text: Buffer.concat(chunks).toString() };
    });
  }

  /** Sends a request and hands the answer to `read`, which takes it to its end. Throws as `request` does. */
  async exchange<T>(what: HttpRequest, read: (answer: IncomingMessage) => Promise<T>): Promise<T> {
    const attempt = async (): Promise<T> => {
      try {
        const answer = await this.#follow(what);
        if (what.accept.includes(answer.statusCode ?? 0)) return await read(answer);
        answer.resume();
        throw refusal(what, answer, this.show(what.path));
      } catch (error) {
        what.signal?.throwIfAborted();
        throw explained(what, error, this.show(what.path));
      }
    };
    return retryOnce(attempt, what.signal);
  }

  /** Lets go of the connections. */
  close(): void {
    this.#agent.destroy();
  }

  /** Sends a request, again where it is redirected to on the same server. */
  async #follow(what: HttpRequest): Promise<IncomingMessage> {
    let url = this.url(what.path);
    for (let redirects = 0; redirects <= mostRedirects; redirects++) {
      const answer = await this.#send(what, url);
      const { statusCode = 0, headers } = answer;
      if (statusCode < 300 || statusCode > 399 || headers.location === undefined) return answer;
      answer.resume();
      const next = URL.parse(headers.location, url.href);
      if (next?.origin !== url.origin) {
        throw new RemoteError(
          `${what.where}: expected ${this.show(what.path)} to answer itself, got a redirect to ` +
            `${JSON.stringify(next?.origin ?? 'nowhere')}. If that is right, make it the remote's URL.`,
        );
      }
      url = next;
    }
    throw new RemoteError(`${what.where}: expected at most ${mostRedirects} redirects, got more`);
  }

  /** Sends a request and resolves when the head of the answer is there. */
  async #send({ method, body, headers, signal }: HttpRequest, url: URL): Promise<IncomingMessage> {
    const { credentials, timeoutMs } = this.#settings;
    const begin = url.protocol === 'https:' ? httpsRequest : httpRequest;
    // A body that fits into one block is read, and so checked, before anything is sent.
    const small = body !== undefined && body.size <= blockBytes ? await whole(body) : undefined;
    const request = begin(url, {
      method,
      agent: this.#agent,
      timeout: timeoutMs,
      ...(signal === undefined ? {} : { signal }),
      headers: {
        // A compressed answer would have another length and md5 than the object.
        'accept-encoding': 'identity',
        ...headers,
        ...credentials,
        ...(body === undefined ? {} : { 'content-length': body.size }),
      },
    });
    const { promise: answered, resolve, reject } = Promise.withResolvers<IncomingMessage>();
    let answer: IncomingMessage | undefined;
    request.on('response', (response) => resolve((answer = response)));
    request.on('error', reject);
    request.on('timeout', () => {
      (answer ?? request).destroy(new TimeoutError(`nothing for ${timeoutMs / 1000} s`, timeoutMs));
    });
    if (body === undefined || small !== undefined) {
      request.end(small);
      return answered;
    }
    const sent = pipeline(body.blocks(), request);
    const head = await Promise.race([answered, sent.then(() => answered)]);
    // A server that refuses may answer before it has read everything; the rest is not sent then.
    if (!request.writableFinished) head.once('end', () => request.destroy());
    return head;
  }
}

async function whole({ blocks }: HttpBody): Promise<Uint8Array> {
  const all: Uint8Array[] = [];
  for await (const block of blocks()) all.push(block);
  return all.length === 1 && all[0] !== undefined ? all[0] : Buffer.concat(all);
}

/** Returns the error for a status that is not accepted. */
function refusal({ method, where }: HttpRequest, answer: IncomingMessage, url: string): Error {
  const { statusCode: status = 0, statusMessage = '', headers } = answer;
  const got = `${status} ${statusMessage}`.trim();
  if (status === 401 || status === 407) {
    return new RemoteAuthError(
      `${where}: expected to be let in at ${url}, got ${got}: the credentials are wrong or missing. They belong into ` +
        '.dvc/config.local (labmill data remote modify --local NAME password PASSWORD), or into LABMILL_WEBDAV_USER ' +
        'and LABMILL_WEBDAV_PASSWORD.',
    );
  }
  // Out of space (507), and what a server does not know (501), do not change within a moment.
  const isPassing = status === 408 || status === 429 || (status >= 500 && status !== 501 && status !== 507);
  const pause = isPassing ? pauseOf(headers['retry-after']) : undefined;
  return new RemoteError(`${where}: expected ${method} ${url} to succeed, got ${got}`, { retryAfterMs: pause });
}

/** Returns how long to wait by a `Retry-After`, which is a number of seconds or a date. */
function pauseOf(retryAfter: string | undefined): number | undefined {
  if (retryAfter === undefined) return pauseMs;
  const ms = /^\d+$/.test(retryAfter) ? Number(retryAfter) * 1000 : Date.parse(retryAfter) - Date.now();
  if (Number.isNaN(ms)) return pauseMs;
  return ms > longestPauseMs ? undefined : Math.max(ms, 0);
}

/** Returns the error to throw for what went wrong: the network's own become `RemoteError`. */
function explained({ where }: HttpRequest, error: unknown, url: string): unknown {
  if (error instanceof TimeoutError) {
    return new RemoteError(`${where}: expected ${url} to answer, got ${error.message} (the option "timeout")`, {
      cause: error,
      retryAfterMs: pauseMs,
    });
  }
  if (isLabmillError(error) || !(error instanceof Error) || !('code' in error)) return error;
  const reason = `${error.message} (${String(error.code)})`;
  return new RemoteError(`${where}: the connection to ${url} failed: ${reason}`, {
    cause: error,
    retryAfterMs: pauseMs,
  });
}
