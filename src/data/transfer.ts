import { DownloadError, TimeoutError } from '../base/errors.ts';
import { httpGet } from './http-get.ts';
import type { PartialFile } from './partial-file.ts';

/** How far a download is. */
export interface DownloadProgress {
  /** The bytes that are here, those of an earlier, broken download among them. */
  readonly receivedBytes: number;
  /** The bytes there will be; `undefined` when the server doesn't say. */
  readonly totalBytes: number | undefined;
}

/** What to transfer; the fields are those of `DownloadOptions`. */
export interface Transfer {
  readonly url: string;
  readonly maxBytes: number;
  readonly timeoutMs: number;
  readonly signal: AbortSignal | undefined;
  readonly onProgress: ((progress: DownloadProgress) => void) | undefined;
  /** What to do without a network, the end of the `OfflineError`. */
  readonly offlineHint: string;
}

/** A transfer under way: what ends it, and the timer of the server's silence. */
interface Running extends Transfer {
  readonly stop: AbortSignal;
  readonly timer: NodeJS.Timeout;
}

/**
 * Fills `part` with what is at the URL, going on where an earlier transfer ended if the server can do that.
 * Throws as `download` does.
 */
export async function transfer(part: PartialFile, what: Transfer): Promise<void> {
  const { url, timeoutMs, signal } = what;
  const silence = new AbortController();
  const timer = setTimeout(() => {
    silence.abort(new TimeoutError(`${url}: expected data, got none for ${timeoutMs} ms`, timeoutMs));
  }, timeoutMs);
  const stop = signal === undefined ? silence.signal : AbortSignal.any([signal, silence.signal]);
  const running: Running = { ...what, stop, timer };
  try {
    const { response, offset } = await begin(part, running);
    await part.write(received(response, offset, running), offset);
  } finally {
    clearTimeout(timer);
    // Lets go of the connection when the answer was not read to its end.
    silence.abort();
  }
}

/** Asks for the file, or for what is missing of it. */
async function begin(part: PartialFile, running: Running): Promise<{ response: Response; offset: number }> {
  const { url, stop, offlineHint } = running;
  const resume = await part.resume(url);
  const range = resume === undefined ? {} : { range: `bytes=${resume.offset}-`, 'if-range': resume.validator };
  // A compressed answer would have other bytes than the file, and so other offsets and another length.
  const response = await httpGet(url, { 'accept-encoding': 'identity', ...range }, stop, offlineHint);
  if (response.status === 200) {
    await part.note(url, response.headers);
    return { response, offset: 0 };
  }
  if (response.status === 206 && resume !== undefined && rangeOf(response)?.start === resume.offset) {
    return { response, offset: resume.offset };
  }
  await response.body?.cancel();
  if (resume === undefined) {
    throw new DownloadError(`${url}: expected status 200, got ${response.status} ${response.statusText}`.trimEnd());
  }
  await part.forget();
  return begin(part, running);
}

/** Yields the chunks of an answer, counting them. */
async function* received(response: Response, offset: number, running: Running): AsyncGenerator<Uint8Array> {
  const { url, maxBytes, timer, onProgress } = running;
  const length = response.headers.get('content-length');
  const totalBytes = rangeOf(response)?.total ?? (length === null ? undefined : Number(length));
  let receivedBytes = offset;
  const requireSize = (bytes: number): void => {
    if (bytes <= maxBytes) return;
    throw new DownloadError(`${url}: expected at most ${maxBytes} bytes (maxBytes), got ${bytes}`);
  };
  requireSize(totalBytes ?? 0);
  for await (const chunk of unbroken(response, running, () => receivedBytes)) {
    timer.refresh();
    receivedBytes += chunk.length;
    requireSize(receivedBytes);
    yield chunk;
    onProgress?.({ receivedBytes, totalBytes });
  }
}

/** Yields the chunks of an answer; when it breaks off, the error says how far it came. */
async function* unbroken(response: Response, { url, stop }: Running, bytes: () => number): AsyncGenerator<Uint8Array> {
  try {
    for await (const chunk of response.body ?? []) yield chunk;
  } catch (cause) {
    stop.throwIfAborted();
    throw new DownloadError(
      `${url}: the connection broke after ${bytes()} bytes. Download again: it goes on from there if the server can.`,
      { cause },
    );
  }
}

/** Returns what a `Content-Range` says, or `undefined` where there is none. */
function rangeOf(response: Response): { start: number; total: number | undefined } | undefined {
  const match = /^bytes (\d+)-\d+\/(\d+|\*)$/.exec(response.headers.get('content-range') ?? '');
  if (match === null) return undefined;
  return { start: Number(match[1]), total: match[2] === '*' ? undefined : Number(match[2]) };
}
