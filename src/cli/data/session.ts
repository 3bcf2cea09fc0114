import type { Command } from 'commander';
import type { DataRepository } from '../../versioning/repository/repository.ts';
import type { LongOptions } from '../../versioning/store/run-batches.ts';
import { CommandExit } from '../command-exit.ts';
import { onInterrupt } from '../interrupt.ts';
import { createTransferProgress } from './transfer-progress.ts';

/** Flags that all commands of `labmill data` have. */
export interface CommonFlags {
  readonly quiet?: true;
}

/** What a command works with. */
export interface Session {
  readonly repository: DataRepository;
  /** The signal of Ctrl-C and the progress display. */
  readonly long: LongOptions;
  /** Prints a result, unless `--quiet`. */
  readonly print: (text: string) => void;
  /** Prints what went wrong with a part of the work. */
  readonly warn: (text: string) => void;
}

/** Returns the folder a command works from: `--cd`, or the working folder. */
export function commandDirectory(command: Command): string {
  return command.optsWithGlobals<{ cd?: string }>().cd ?? '.';
}

/** Runs a command on the repository around the working folder; its progress is on stderr, and Ctrl-C ends it. */
export async function onRepository(
  command: Command,
  flags: CommonFlags,
  work: (session: Session) => Promise<void> | void,
): Promise<void> {
  const { writeOut, writeErr } = command.configureOutput() as Record<'writeOut' | 'writeErr', (text: string) => void>;
  const isQuiet = flags.quiet === true;
  // Loaded here so that `labmill --help` and the other commands do not wait for it.
  const { DataRepository } = await import('../../versioning/repository/repository.ts');
  const repository = DataRepository.open(commandDirectory(command));
  using interrupt = onInterrupt();
  using progress = createTransferProgress(writeErr, isQuiet ? {} : process.stderr);
  const { signal } = interrupt;
  try {
    await work({
      repository,
      long: { signal, onProgress: progress.onProgress },
      print: (text) => {
        progress.end();
        if (!isQuiet) writeOut(text);
      },
      warn: (text) => {
        progress.end();
        writeErr(text);
      },
    });
  } catch (error) {
    if (!signal.aborted) throw error;
    progress.end();
    writeErr('stopped; what was done stays, and the same command goes on from there\n');
    throw new CommandExit(interrupt.exitCode);
  }
}
