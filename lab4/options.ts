import { mkdirSync, readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { InvalidArgumentError, isLabmillError } from 'labmill';

/** The flags of `data-versions.ts`. */
export interface Options {
  /** The folder for the report; default `out` beside the script. */
  readonly out: string;
  /** The folder in which the git repository stays; none when it goes with the run. */
  readonly keep: string | undefined;
}

const usage = `usage: node lab4/data-versions.ts [flags]
  --keep DIR   leave the git repository in DIR, which must be empty or not there (default: it goes with the run)
  --out DIR    folder for the report (default: out, beside the script)`;

/** Runs the lab with the command line's flags; an error becomes one line on stderr and an exit code. */
export async function withOptions(run: (options: Options) => Promise<void>): Promise<void> {
  try {
    const options = readOptions(process.argv.slice(2));
    if (options === undefined) console.error(usage);
    else await run(options);
  } catch (error) {
    if (!isLabmillError(error)) throw error;
    console.error(`${error.code}: ${error.message}`);
    process.exitCode = error.exitCode;
  }
}

function readOptions(args: string[]): Options | undefined {
  const { out, keep, help } = parse(args);
  if (help === true) return undefined;
  return { out: resolve(out), keep: keep === undefined ? undefined : emptyFolder('--keep', keep) };
}

function parse(args: string[]) {
  try {
    return parseArgs({
      args,
      options: {
        out: { type: 'string', default: join(import.meta.dirname, 'out') },
        keep: { type: 'string' },
        help: { type: 'boolean' },
      },
    }).values;
  } catch (cause) {
    throw new InvalidArgumentError(`${cause instanceof Error ? cause.message : String(cause)}\n${usage}`, { cause });
  }
}

/** Returns the absolute path of a folder without anything in it, which is made when it is not there. */
function emptyFolder(flag: string, folder: string): string {
  const path = resolve(folder);
  try {
    mkdirSync(path, { recursive: true });
    if (folder !== '' && readdirSync(path).length === 0) return path;
  } catch (cause) {
    throw new InvalidArgumentError(`${flag}: expected a folder, got ${JSON.stringify(folder)}`, { cause });
  }
  throw new InvalidArgumentError(`${flag}: expected an empty or a new folder, got ${JSON.stringify(folder)}`);
}
