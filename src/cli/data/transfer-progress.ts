import { formatDuration } from '../../runner/duration.ts';
import type { Progress } from '../../versioning/store/run-batches.ts';
import { formatBytes } from './format-bytes.ts';

/** The progress display of a command that reads or moves many files. */
export interface TransferProgressDisplay extends Disposable {
  readonly onProgress: (progress: Progress) => void;
  /** Takes the display away. */
  end(): void;
}

const intervalMs = 100;
/** What is over sooner needs no display. */
const delayMs = 300;

/**
 * Returns a display of one line with rate and time left, on a terminal only.
 *
 * @param now the clock, in milliseconds
 */
export function createTransferProgress(
  write: (text: string) => void,
  terminal: { readonly isTTY?: boolean; readonly columns?: number },
  now: () => number = Date.now,
): TransferProgressDisplay {
  const startMs = now();
  let shownMs: number | undefined;
  const end = (): void => {
    if (shownMs !== undefined) write('\r\x1b[K');
    shownMs = undefined;
  };
  const onProgress = (progress: Progress): void => {
    const elapsedMs = now() - startMs;
    if (terminal.isTTY !== true || elapsedMs < (shownMs ?? delayMs - intervalMs) + intervalMs) return;
    shownMs = elapsedMs;
    write(`\r\x1b[K${progressText(progress, elapsedMs).slice(0, (terminal.columns || 80) - 1)}`);
  };
  return { onProgress, end, [Symbol.dispose]: end };
}

/** Returns the line: `1,234 of 10,000 files  5.6 of 41.0 MB  12.3 MB/s  3.0 s left`. */
export function progressText({ done, total, bytes, totalBytes }: Progress, elapsedMs: number): string {
  const count = (value: number): string => value.toLocaleString('en-US');
  const share = totalBytes === undefined || totalBytes === 0 ? done / total : bytes / totalBytes;
  const leftMs = elapsedMs / share - elapsedMs;
  const moved = totalBytes === undefined ? formatBytes(bytes) : `${formatBytes(bytes)} of ${formatBytes(totalBytes)}`;
  const parts = [`${count(done)} of ${count(total)} files`, moved, `${formatBytes((bytes / elapsedMs) * 1000)}/s`];
  if (share > 0 && share < 1) parts.push(`${formatDuration(leftMs)} left`);
  return parts.join('  ');
}
