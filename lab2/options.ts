import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { InvalidArgumentError, isLabmillError } from 'labmill';

/** The flags of the scripts. Each script knows all of them, so that `pipeline.sh` can pass its own on to every one. */
export interface Options {
  /** The folder for everything that is written; default `out` beside the scripts. */
  readonly out: string;
  /** The address of the measurements; none when the lab serves them itself. Default: `$LAB2_DATA_URL`. */
  readonly dataUrl: string | undefined;
  /** The sha256 that the measurements must have; default that of the bundled ones. */
  readonly sha256: string | undefined;
  /** The share of rows that is kept for the test; default 0.3. */
  readonly testSize: number;
  /** How many features the model gets; default 10. */
  readonly k: number;
  /** The least accuracy that passes the gate; default 0.9. */
  readonly threshold: number;
  /** Seed of the split and of the shuffling; default 0. */
  readonly randomState: number;
}

const usage = `flags, the same for all six scripts:
  --out DIR           folder for everything that is written (default: out, beside the scripts)
  --data-url URL      where to download the measurements (default: LAB2_DATA_URL, else a server of the lab's own)
  --sha256 SUM        sha256 of the measurements (default: that of the bundled ones)
  --test-size SHARE   share of rows for the test (default: 0.3)
  --k N               how many features to select (default: 10)
  --threshold SHARE   least accuracy that passes the quality gate (default: 0.9)
  --random-state N    seed of the split and of the shuffling (default: 0)`;

/** Runs a step of the conveyor with the command line's flags; an error becomes one line on stderr and an exit code. */
export async function step(run: (options: Options) => void | Promise<void>): Promise<void> {
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
  const { values } = parse(args);
  if (values.help === true) return undefined;
  return {
    out: values.out,
    // An empty address is none: that is how Jenkins hands on a parameter that was left blank.
    dataUrl: (values['data-url'] ?? process.env['LAB2_DATA_URL']) || undefined,
    sha256: values.sha256,
    testSize: number('--test-size', values['test-size'], 1),
    k: number('--k', values.k),
    threshold: number('--threshold', values.threshold, 1),
    randomState: number('--random-state', values['random-state']),
  };
}

function parse(args: string[]) {
  try {
    return parseArgs({
      args,
      options: {
        out: { type: 'string', default: join(import.meta.dirname, 'out') },
        'data-url': { type: 'string' },
        sha256: { type: 'string' },
        'test-size': { type: 'string', default: '0.3' },
        k: { type: 'string', default: '10' },
        threshold: { type: 'string', default: '0.9' },
        'random-state': { type: 'string', default: '0' },
        help: { type: 'boolean' },
      },
    });
  } catch (cause) {
    throw new InvalidArgumentError(`${cause instanceof Error ? cause.message : String(cause)}\n${usage}`, { cause });
  }
}

function number(flag: string, text: string, max = Infinity): number {
  const value = Number(text);
  if (text.trim() !== '' && Number.isFinite(value) && value >= 0 && value <= max) return value;
  const range = max === Infinity ? 'of 0 or more' : `from 0 to ${max}`;
  throw new InvalidArgumentError(`${flag}: expected a number ${range}, got ${JSON.stringify(text)}`);
}
