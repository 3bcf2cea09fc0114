import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { ChecksumError, InvalidArgumentError } from '../base/errors.ts';
import { sha256File } from '../base/sha256.ts';
import { cacheDirectory } from './cache-directory.ts';
import { requireHttp } from './http-get.ts';
import { PartialFile } from './partial-file.ts';
import { requireNumber } from './require-number.ts';
import { type DownloadProgress, transfer } from './transfer.ts';

/** Options of `download`. */
export interface DownloadOptions {
  /** An http or https URL. */
  readonly url: string;
  /** The sha256 the file must have, in hexadecimal. */
  readonly sha256: string;
  /** The largest file that is accepted, in bytes. */
  readonly maxBytes: number;
  /** The folder that keeps downloaded files; default `cacheDirectory()`. */
  readonly cacheDir?: string;
  /** The URL of a mirror that is asked instead of the host of `url`; default `$LABMILL_MIRROR`. */
  readonly mirror?: string;
  /** The longest silence of the server, in milliseconds; default 30,000. */
  readonly timeoutMs?: number;
  /** Ends the download; its reason is thrown. What has come is kept. */
  readonly signal?: AbortSignal;
  /** Is called whenever bytes have come. */
  readonly onProgress?: (progress: DownloadProgress) => void;
}

/**
 * Returns the path of a downloaded file: `downloads/<sha256>/<name>` in the cache folder. A file that is already
 * there is not asked for again, and a download that broke off goes on where it ended if the server can do that.
 * Nothing is ever put in the place of a file that could not be had.
 *
 * @throws OfflineError when no server could be reached; the message says where to put the file by hand
 * @throws DownloadError when the server refuses, sends too much, or breaks off
 * @throws ChecksumError when the file is not the promised one; a file in the cache is kept, a new one is not
 * @throws TimeoutError after a silence of `timeoutMs`
 * @throws FileWriteError when the disk does not take the file
 */
export async function download(options: DownloadOptions): Promise<string> {
  const { url, maxBytes, cacheDir = cacheDirectory(), mirror = process.env['LABMILL_MIRROR'] } = options;
  const { timeoutMs = 30_000, signal, onProgress } = options;
  const sha256 = options.sha256.toLowerCase();
  requireHttp(url);
  requireNumber('download: maxBytes', maxBytes, { min: 1 });
  if (!/^[0-9a-f]{64}$/.test(sha256)) {
    throw new InvalidArgumentError(
      `download: expected a sha256 of 64 hexadecimal digits, got ${JSON.stringify(sha256)}`,
    );
  }
  const path = join(cacheDir, 'downloads', sha256, fileName(url));
  if (existsSync(path)) {
    await requireChecksum(path, sha256, 'Delete the file to download it again.');
    return path;
  }
  const part = new PartialFile(path);
  await transfer(part, {
    url: mirrored(url, mirror),
    maxBytes,
    timeoutMs,
    signal,
    onProgress,
    offlineHint: offlineHint(path, sha256),
  });
  try {
    await requireChecksum(part.path, sha256, `What is at ${url} has changed, or was damaged on its way.`);
  } catch (error) {
    await part.discard();
    throw error;
  }
  await part.finish();
  return path;
}

/** Returns the last part of a URL's path, with everything that is special in a file name replaced. */
function fileName(url: string): string {
  const last = new URL(url).pathname.split('/').at(-1) ?? '';
  return last.replaceAll(/[^\w.-]/g, '_').replace(/^\.*$/, 'file');
}

function mirrored(url: string, mirror: string | undefined): string {
  if (mirror === undefined || mirror === '') return url;
  const { host, pathname, search } = new URL(url);
  requireHttp(mirror);
  return `${mirror.replace(/\/$/, '')}/${host}${pathname}${search}`;
}

function offlineHint(path: string, sha256: string): string {
  return (
    `Go online; or put the file with sha256 ${sha256} at ${path}; ` +
    'or set LABMILL_MIRROR to the URL of a mirror that serves it under <host>/<path>.'
  );
}

async function requireChecksum(path: string, expected: string, cure: string): Promise<void> {
  const found = await sha256File(path);
  if (found !== expected) throw new ChecksumError(`${path}: expected sha256 ${expected}, got ${found}. ${cure}`);
}
