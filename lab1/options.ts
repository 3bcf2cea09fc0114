import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { InvalidArgumentError, isLabmillError } from 'labmill';

/** The flags of the four scripts. Each script knows all of them, so that `pipeline.sh` can pass its own on to every one. */
export interface Options {
  /** The folder that holds `train/`, `test/` and the model; default `out` beside the scripts. */
  readonly out: string;
  /** Seed of everything random; default 0. */
  readonly randomState: number;
  /** Standard deviation of the noise in the noisy series, in °C; default 2. */
  readonly noise: number;
  /** How many days of the disturbed series are anomalies, of each year; default 12. */
  readonly anomalies: number;
  /** How far a prediction may be off and still count as right, in °C; default 3. */
  readonly tolerance: number;
}

const usage = `flags, the same for all four scripts:
  --out DIR           folder for train/, test/ and model.json (default: out, beside the scripts)
  --random-state N    seed of the generated series (default: 0)
  --noise SD          noise of the noisy series in °C (default: 2)
  --anomalies N       anomalous days per year of the disturbed series (default: 12)
  --tolerance T       how far a prediction may be off in °C (default: 3)`;

/** Runs one step of the conveyor with the command line's flags; an error becomes one line on stderr and an exit code. */
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
    randomState: number('--random-state', values['random-state']),
    noise: number('--noise', values.noise),
    anomalies: number('--anomalies', values.anomalies),
    tolerance: number('--tolerance', values.tolerance),
  };
}

function parse(args: string[]) {
  try {
    return parseArgs({
      args,
      options: {
        out: { type: 'string', default: join(import.meta.dirname, 'out') },
        'random-state': { type: 'string', default: '0' },
        noise: { type: 'string', default: '2' },
        anomalies: { type: 'string', default: '12' },
        tolerance: { type: 'string', default: '3' },
        help: { type: 'boolean' },
      },
    });
  } catch (cause) {
    throw new InvalidArgumentError(`${cause instanceof Error ? cause.message : String(cause)}\n${usage}`, { cause });
  }
}

function number(flag: string, text: string): number {
  const value = Number(text);
  if (text.trim() === '' || !Number.isFinite(value) || value < 0) {
    throw new InvalidArgumentError(`${flag}: expected a number of 0 or more, got ${JSON.stringify(text)}`);
  }
  return value;
}
