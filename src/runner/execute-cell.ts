import { setTimeout as wait } from 'node:timers/promises';
import { CellError, isLabmillError, KernelDiedError, type LabmillError, TimeoutError } from '../base/errors.ts';
import { withTimeout } from '../base/with-timeout.ts';
import type { JupyterMessage } from '../kernel/wire/message.ts';
import type { CodeCell, JsonObject } from '../notebook/document.ts';
import { type Displays, OutputArea } from '../notebook/output-area.ts';
import { cellError, type CellPlace, nameCell } from './cell-failure.ts';
import type { CellStatus } from './notebook-run.ts';
import type { RunningKernel } from './running-kernel.ts';

/** How long a kernel that says it ends may take to do so. */
const exitMs = 3000;

/** What `executeCell` needs beside the kernel and the cell. */
export interface ExecuteCellOptions {
  readonly place: CellPlace;
  /** How long it may run, and what is to be said when it ran longer. */
  readonly limit: { readonly ms: number; readonly passed: string };
  /** What was displayed under an id in the notebook so far. */
  readonly displays: Displays;
  /** How long a cell may take to end when it is interrupted, before its kernel is killed. */
  readonly graceMs: number;
  readonly signal?: AbortSignal | undefined;
}

/** A code cell that was run: as it is now, and how it ended. */
export interface ExecutedCell {
  readonly cell: CodeCell;
  readonly status: Extract<CellStatus, 'passed' | 'failed' | 'timed-out' | 'interrupted'>;
  /** Why it did not pass. */
  readonly error?: LabmillError;
}

/**
 * Runs one cell. Time up, or the signal aborted: the cell is interrupted, and its kernel killed when that does not help;
 * what was put out until then is kept.
 */
export async function executeCell(
  kernel: RunningKernel,
  cell: CodeCell,
  { place, limit, displays, graceMs, signal }: ExecuteCellOptions,
): Promise<ExecutedCell> {
  const area = new OutputArea({ displays });
  const timing: Record<string, string> = {};
  const started = Promise.withResolvers<void>();
  const running = kernel.client.execute(cell.source, (message) => {
    started.resolve();
    const moment = momentOf(message);
    if (moment !== undefined) timing[moment] = message.header.date;
    area.add(message.header.msg_type, message.content);
  });
  const finish = (status: ExecutedCell['status'], reply: JsonObject, error?: LabmillError): ExecutedCell => ({
    cell: {
      ...cell,
      metadata: { ...cell.metadata, execution: timing },
      execution_count: typeof reply['execution_count'] === 'number' ? reply['execution_count'] : null,
      outputs: error === undefined || isShown(error) ? area.outputs : [...area.outputs, errorOutput(error)],
    },
    status,
    ...(error !== undefined && { error }),
  });
  try {
    const options = { timeoutMs: limit.ms, what: nameCell(place), ...(signal !== undefined && { signal }) };
    const { header, content } = await withTimeout(() => running, options);
    timing['shell.execute_reply'] = header.date;
    if (content['status'] === 'ok') return finish('passed', content);
    const failure = cellError(place, cell.source, content);
    const isExit = content['ename'] === 'KernelExit';
    return finish('failed', content, isExit ? await exitedIn(failure, kernel) : failure);
  } catch (error) {
    if (error instanceof KernelDiedError) return finish('failed', {}, diedIn(place, error));
    if (!(error instanceof TimeoutError) && signal?.aborted !== true) throw error;
    const ended = await stop(kernel, { started: started.promise, running, graceMs });
    const reply = ended?.content ?? {};
    if (!(error instanceof TimeoutError)) return finish('interrupted', reply);
    const outcome = ended === undefined ? 'did not react to an interrupt, its kernel was killed' : 'was interrupted';
    const message = `${nameCell(place)}: ${limit.passed}; the cell ${outcome}`;
    return finish('timed-out', reply, new TimeoutError(message, limit.ms, { cause: error }));
  }
}

/** Interrupts the running cell; returns its reply, or undefined when the kernel had to be killed. */
async function stop(
  kernel: RunningKernel,
  { started, running, graceMs }: { started: Promise<void>; running: Promise<JupyterMessage>; graceMs: number },
): Promise<JupyterMessage | undefined> {
  const interrupted = async (): Promise<JupyterMessage> => {
    // An interrupt that overtakes the cell on the other channel would find nothing to stop.
    await Promise.race([started, running]);
    await kernel.client.interrupt();
    return running;
  };
  try {
    return await withTimeout(interrupted, { timeoutMs: graceMs, what: 'interrupt' });
  } catch (error) {
    if (!isLabmillError(error)) throw error;
    kernel.kill();
    return undefined;
  }
}

function diedIn(place: CellPlace, error: KernelDiedError): KernelDiedError {
  return new KernelDiedError(`${nameCell(place)}: ${error.message}`, error, { cause: error });
}

/** Returns the error of a cell that has ended its kernel: without it no cell can follow, whatever the cell's tags allow. */
async function exitedIn(failure: CellError, kernel: RunningKernel): Promise<LabmillError> {
  const died = await Promise.race([kernel.ended, wait(exitMs, undefined, { ref: false })]);
  return died === undefined ? failure : new KernelDiedError(failure.message, died, { cause: failure });
}

/** Returns whether the cell's outputs tell of the error already: then the kernel did. */
function isShown(error: LabmillError): boolean {
  return error instanceof CellError || error.cause instanceof CellError;
}

function errorOutput(error: LabmillError): CodeCell['outputs'][number] {
  return {
    output_type: 'error',
    ename: error.name,
    evalue: error.message,
    traceback: [`${error.name}: ${error.message}`],
  };
}

/** The names under which a cell's `execution` metadata keeps when a message was made (nbformat 4.5). */
function momentOf({ header, content }: JupyterMessage): string | undefined {
  if (header.msg_type === 'execute_input') return 'iopub.execute_input';
  const state = content['execution_state'];
  const isMoment = header.msg_type === 'status' && (state === 'busy' || state === 'idle');
  return isMoment ? `iopub.status.${state}` : undefined;
}
