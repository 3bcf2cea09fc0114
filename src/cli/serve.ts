import { once } from 'node:events';
import { type Command, Option } from 'commander';
import { InvalidArgumentError } from '../base/errors.ts';
import type { ServerLog } from '../serving/server-log.ts';
import { onInterrupt } from './interrupt.ts';

interface ServeFlags {
  readonly name?: string;
  readonly modelVersion?: string;
  readonly host: string;
  readonly port: string;
  readonly maxRows: string;
  readonly maxBodyBytes: string;
  readonly logLevel: ServerLog['level'] | 'silent';
}

const examples = `
Examples:
  labmill serve model.json
  labmill serve model.json --name titanic --host 0.0.0.0 --port 8080
  LABMILL_MODEL=model.json LABMILL_PORT=0 labmill serve

The log, a line of JSON for each request, is on stdout, the address on stderr. SIGTERM and Ctrl-C answer what has
begun and end with 0.`;

/** Adds `labmill serve`. */
export function addServeCommand(program: Command): void {
  program
    .command('serve')
    .description('answer predictions of a model over HTTP, with a form, OpenAPI, health and metrics')
    .argument('[model]', 'a model file (default: LABMILL_MODEL)')
    .option('--name <name>', "what the model is called (default: the file's name)")
    .option('--model-version <version>', 'its version (default: digits of the sha256 of what it has learned)')
    .addOption(new Option('--host <host>', 'the address to listen at').env('LABMILL_HOST').default('127.0.0.1'))
    .addOption(new Option('--port <port>', 'the port; 0 takes a free one').env('LABMILL_PORT').default('8080'))
    .option('--max-rows <count>', 'the most rows of one request', '10000')
    .option('--max-body-bytes <bytes>', 'the largest body of a request', String(10 * 1024 * 1024))
    .addOption(
      new Option('--log-level <level>', 'what is logged, and all that is graver')
        .choices(['debug', 'info', 'warn', 'error', 'silent'])
        .default('info'),
    )
    .addHelpText('after', examples)
    .action(async (model: string | undefined, flags: ServeFlags, command: Command) => serve(model, flags, command));
}

async function serve(model: string | undefined, flags: ServeFlags, command: Command): Promise<void> {
  const { writeOut, writeErr } = command.configureOutput() as Record<'writeOut' | 'writeErr', (text: string) => void>;
  const path = model ?? process.env['LABMILL_MODEL'];
  if (path === undefined || path === '') {
    throw new InvalidArgumentError('serve: expected a model file as argument or in LABMILL_MODEL, got neither');
  }
  // Loaded here so that `labmill --help` and the other commands do not wait for it.
  const { startPredictionServer } = await import('../serving/server.ts');
  using interrupt = onInterrupt();
  const server = await startPredictionServer(path, {
    ...(flags.name !== undefined && { name: flags.name }),
    ...(flags.modelVersion !== undefined && { version: flags.modelVersion }),
    host: flags.host,
    port: toNumber('--port', flags.port, 0, 65_535),
    maxRows: toNumber('--max-rows', flags.maxRows, 1),
    maxBodyBytes: toNumber('--max-body-bytes', flags.maxBodyBytes, 1),
    ...(flags.logLevel !== 'silent' && { log: { level: flags.logLevel, write: writeOut } }),
  });
  writeErr(`Serving ${path} at ${server.url}\nStop with Ctrl-C\n`);
  if (!interrupt.signal.aborted) await once(interrupt.signal, 'abort');
  writeErr('Stopping: answering what has begun\n');
  await server.close();
}

function toNumber(flag: string, text: string, min: number, max = Number.MAX_SAFE_INTEGER): number {
  const value = Number(text);
  if (text.trim() !== '' && Number.isInteger(value) && value >= min && value <= max) return value;
  const range = max === Number.MAX_SAFE_INTEGER ? `from ${min} on` : `of ${min}–${max}`;
  throw new InvalidArgumentError(`${flag}: expected a whole number ${range}, got ${JSON.stringify(text)}`);
}
