import { DownloadError, InvalidArgumentError, OfflineError } from '../base/errors.ts';

const mostRedirects = 5;

/** What fetch reports when no server could be reached at all. */
const unreachable: ReadonlySet<string> = new Set([
  'EAI_AGAIN',
  'ECONNREFUSED',
  'EHOSTUNREACH',
  'ENETDOWN',
  'ENETUNREACH',
  'ENOTFOUND',
  'ETIMEDOUT',
  'UND_ERR_CONNECT_TIMEOUT',
]);

/**
 * Returns the response to a GET request, whatever its status; redirects are followed, five at most, and to http
 * or https only.
 *
 * @param hint what to do when there is no network, the end of the `OfflineError`
 * @throws OfflineError when no server could be reached
 * @throws DownloadError when the exchange failed otherwise
 */
export async function httpGet(
  url: string,
  headers: Readonly<Record<string, string>>,
  signal: AbortSignal,
  hint: string,
): Promise<Response> {
  let current = url;
  for (let redirects = 0; redirects <= mostRedirects; redirects++) {
    const response = await request(current, headers, signal, hint);
    const location = response.headers.get('location');
    if (response.status < 300 || response.status > 399 || location === null) return response;
    await response.body?.cancel();
    const next = URL.parse(location, current)?.href ?? location;
    if (!isHttp(next)) {
      throw new DownloadError(`${url}: expected a redirect to http or https, got ${JSON.stringify(next.slice(0, 80))}`);
    }
    current = next;
  }
  throw new DownloadError(`${url}: expected at most ${mostRedirects} redirects, got more`);
}

async function request(
  url: string,
  headers: Readonly<Record<string, string>>,
  signal: AbortSignal,
  hint: string,
): Promise<Response> {
  try {
    return await fetch(url, { headers, signal, redirect: 'manual' });
  } catch (cause) {
    signal.throwIfAborted();
    const { code, message } = rootCause(cause);
    if (unreachable.has(code)) throw new OfflineError(`${url}: could not be reached (${code}). ${hint}`, { cause });
    throw new DownloadError(`${url}: the request failed: ${message}`, { cause });
  }
}

/** Throws an `InvalidArgumentError` unless `url` is an http or https URL. */
export function requireHttp(url: string): void {
  if (isHttp(url)) return;
  throw new InvalidArgumentError(`download: expected an http or https URL, got ${JSON.stringify(url.slice(0, 80))}`);
}

function isHttp(url: string): boolean {
  const protocol = URL.parse(url)?.protocol;
  return protocol === 'http:' || protocol === 'https:';
}

/** Returns code and message of the error below fetch's own "fetch failed". */
function rootCause(error: unknown): { code: string; message: string } {
  const inner = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  if (!(inner instanceof Error)) return { code: '', message: String(inner) };
  return { code: 'code' in inner ? String(inner.code) : '', message: inner.message };
}
