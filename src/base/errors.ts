/** Options of every error class: the code of its kind, the cause, and data for the caller. */
export interface LabmillErrorOptions {
  readonly cause?: unknown;
}

/**
 * The base class of every error that Labmill throws on purpose.
 * `code` is stable and listed, with cause and cure, in `docs/errors.md`.
 * `exitCode` is what the command line ends with: 2 for misuse, 1 for everything else.
 */
export class LabmillError extends Error {
  readonly code: string;
  readonly exitCode: 1 | 2;

  constructor(code: string, message: string, options: LabmillErrorOptions & { exitCode?: 1 | 2 } = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = new.target.name;
    this.code = code;
    this.exitCode = options.exitCode ?? 1;
  }
}

/** Returns whether `error` is a Labmill error, also when it comes from another copy of the package. */
export function isLabmillError(error: unknown): error is LabmillError {
  return error instanceof Error && 'code' in error && 'exitCode' in error && String(error.code).startsWith('ERR_');
}

/** An argument, option or flag that cannot be used as given. */
export class InvalidArgumentError extends LabmillError {
  constructor(message: string, options?: LabmillErrorOptions) {
    super('ERR_INVALID_ARGUMENT', message, { ...options, exitCode: 2 });
  }
}

/** Lengths or shapes that do not fit together, such as an `X` and a `y` of different lengths. */
export class ShapeError extends LabmillError {
  constructor(message: string, options?: LabmillErrorOptions) {
    super('ERR_SHAPE', message, options);
  }
}

/** NaN or Infinity where only finite numbers can be used. */
export class NotFiniteError extends LabmillError {
  constructor(message: string, options?: LabmillErrorOptions) {
    super('ERR_NOT_FINITE', message, options);
  }
}

/** No rows, or no values, where at least one is needed. */
export class EmptyDataError extends LabmillError {
  constructor(message: string, options?: LabmillErrorOptions) {
    super('ERR_EMPTY_DATA', message, options);
  }
}

/** Data with no variation where the computation needs some, such as a constant column. */
export class ConstantDataError extends LabmillError {
  constructor(message: string, options?: LabmillErrorOptions) {
    super('ERR_CONSTANT_DATA', message, options);
  }
}

/** A column that is missing, or of another type than the operation needs. */
export class ColumnError extends LabmillError {
  constructor(message: string, options?: LabmillErrorOptions) {
    super('ERR_COLUMN', message, options);
  }
}

/** Where in a CSV text something is wrong; `line` counts from 1, `column` is the name or the number of the field. */
export interface CsvPlace {
  readonly file: string;
  readonly line: number;
  readonly column?: string | number | undefined;
}

/** Text that is not the CSV it should be; the message begins with the place: `prices.csv:7, column "price": …`. */
export class CsvError extends LabmillError {
  readonly file: string;
  readonly line: number;
  readonly column: string | number | undefined;

  constructor(message: string, where: CsvPlace, options?: LabmillErrorOptions) {
    const column = where.column === undefined ? '' : `, column ${JSON.stringify(where.column)}`;
    super('ERR_CSV', `${where.file}:${where.line}${column}: ${message}`, options);
    this.file = where.file;
    this.line = where.line;
    this.column = where.column;
  }
}

/** `predict`, `transform` or a learned value was asked for before `fit`. */
export class NotFittedError extends LabmillError {
  constructor(message: string, options?: LabmillErrorOptions) {
    super('ERR_NOT_FITTED', message, options);
  }
}

/** A model file that is damaged, truncated, foreign, or of a version this release does not read. */
export class ModelFileError extends LabmillError {
  constructor(message: string, options?: LabmillErrorOptions) {
    super('ERR_MODEL_FILE', message, options);
  }
}

/** One value that a model cannot take, and where it stands. */
export interface InputProblem {
  /** Such as `rows[3].Age`. */
  readonly path: string;
  readonly expected: string;
  readonly got: string;
}

/** Values that a served model cannot predict from; `problems` names each of them, up to a limit. */
export class InputError extends LabmillError {
  readonly problems: readonly InputProblem[];

  constructor(message: string, problems: readonly InputProblem[], options?: LabmillErrorOptions) {
    super('ERR_INPUT', message, options);
    this.problems = problems;
  }
}

/** A server that could not start, most often because its port is taken. */
export class ServerStartError extends LabmillError {
  constructor(message: string, options?: LabmillErrorOptions) {
    super('ERR_SERVER_START', message, options);
  }
}

/** A download that failed although the network answered: status, size cap, broken transfer. */
export class DownloadError extends LabmillError {
  constructor(message: string, options?: LabmillErrorOptions) {
    super('ERR_DOWNLOAD', message, options);
  }
}

/** A download that could not begin because no network was there. */
export class OfflineError extends LabmillError {
  constructor(message: string, options?: LabmillErrorOptions) {
    super('ERR_OFFLINE', message, options);
  }
}

/** Bytes whose sha256 is not the one that was promised. */
export class ChecksumError extends LabmillError {
  constructor(message: string, options?: LabmillErrorOptions) {
    super('ERR_CHECKSUM', message, options);
  }
}

/** A file that could not be read: missing, a folder, no permission. */
export class FileReadError extends LabmillError {
  constructor(message: string, options?: LabmillErrorOptions) {
    super('ERR_FILE_READ', message, options);
  }
}

/** A file that could not be written; what stood there before is untouched. */
export class FileWriteError extends LabmillError {
  constructor(message: string, options?: LabmillErrorOptions) {
    super('ERR_FILE_WRITE', message, options);
  }
}

/** A file of data versioning (`.dvc`, `.dir`, a config) that is damaged, foreign or hostile; the message begins with the file. */
export class DataFormatError extends LabmillError {
  constructor(message: string, options?: LabmillErrorOptions) {
    super('ERR_DATA_FORMAT', message, options);
  }
}

/** A data remote that cannot do what was asked: missing, out of reach, refusing, or answering nonsense. */
export class RemoteError extends LabmillError {
  /** When the same may well succeed if it is tried again: how long to wait before, in milliseconds. */
  readonly retryAfterMs: number | undefined;

  constructor(message: string, options: LabmillErrorOptions & { retryAfterMs?: number | undefined } = {}) {
    super('ERR_REMOTE', message, options);
    this.retryAfterMs = options.retryAfterMs;
  }
}

/** A data remote that does not let us in: a wrong password or token, or none. */
export class RemoteAuthError extends LabmillError {
  constructor(message: string, options?: LabmillErrorOptions) {
    super('ERR_REMOTE_AUTH', message, options);
  }
}

/** An object of the data cache that is missing or whose bytes are not those its name promises. */
export class CacheObjectError extends LabmillError {
  /** The tracked files that could not be made, from the folder in which the command ran. */
  readonly failed: readonly string[];

  constructor(message: string, options: LabmillErrorOptions & { failed?: readonly string[] } = {}) {
    super('ERR_CACHE_OBJECT', message, options);
    this.failed = options.failed ?? [];
  }
}

/** A data repository in which that cannot be done: there is none, a target is not tracked, outputs overlap, data would be lost. */
export class RepositoryError extends LabmillError {
  constructor(message: string, options?: LabmillErrorOptions) {
    super('ERR_REPOSITORY', message, options);
  }
}

/** A data repository in which another process is at work. */
export class RepositoryLockedError extends LabmillError {
  constructor(message: string, options?: LabmillErrorOptions) {
    super('ERR_REPOSITORY_LOCKED', message, options);
  }
}

/** A wait that took longer than it was given. */
export class TimeoutError extends LabmillError {
  readonly timeoutMs: number;

  constructor(message: string, timeoutMs: number, options?: LabmillErrorOptions) {
    super('ERR_TIMEOUT', message, options);
    this.timeoutMs = timeoutMs;
  }
}

/** A task that failed in a worker thread (the cause is its error), or whose worker or pool ended before it answered. */
export class WorkerError extends LabmillError {
  constructor(message: string, options?: LabmillErrorOptions) {
    super('ERR_WORKER', message, options);
  }
}

/** A file that is not a notebook that can be read: not JSON, another format, nbformat 3. */
export class NotebookFormatError extends LabmillError {
  constructor(message: string, options?: LabmillErrorOptions) {
    super('ERR_NOTEBOOK_FORMAT', message, { ...options, exitCode: 2 });
  }
}

/** A notebook written for a kernel of another language. */
export class NotebookLanguageError extends LabmillError {
  constructor(message: string, options?: LabmillErrorOptions) {
    super('ERR_NOTEBOOK_LANGUAGE', message, { ...options, exitCode: 2 });
  }
}

/** A parameter (`-p name value`) that the notebook's parameters cell does not declare. */
export class ParameterError extends LabmillError {
  constructor(message: string, options?: LabmillErrorOptions) {
    super('ERR_PARAMETER', message, { ...options, exitCode: 2 });
  }
}

/** Where and how a cell failed. */
export interface CellFailure {
  readonly notebook: string;
  /** The cell's place among all cells of the notebook, from 0. */
  readonly cellIndex: number;
  readonly cellId: string | undefined;
  /** The line of the cell's source, from 1, when the traceback names one. */
  readonly line: number | undefined;
  /** The cell's source with line numbers; the first and last five lines when it is long. */
  readonly sourceExcerpt: string;
  readonly ename: string;
  readonly evalue: string;
  readonly traceback: readonly string[];
}

/** A cell that ended with an error which its tags do not announce. */
export class CellError extends LabmillError {
  readonly failure: CellFailure;

  constructor(message: string, failure: CellFailure, options?: LabmillErrorOptions) {
    super('ERR_CELL', message, options);
    this.failure = failure;
  }
}

/** A kernel that could not start: no usable connection file, or an address that is taken. */
export class KernelStartError extends LabmillError {
  constructor(message: string, options?: LabmillErrorOptions) {
    super('ERR_KERNEL_START', message, options);
  }
}

/** A kernel whose process ended while something was still expected of it. */
export class KernelDiedError extends LabmillError {
  readonly exitStatus: number | null;
  readonly signal: string | null;

  constructor(
    message: string,
    ended: { exitStatus: number | null; signal: string | null },
    options?: LabmillErrorOptions,
  ) {
    super('ERR_KERNEL_DIED', message, options);
    this.exitStatus = ended.exitStatus;
    this.signal = ended.signal;
  }
}

/** A container engine that is not there, does not work, or failed at what it was asked to do. */
export class EngineError extends LabmillError {
  constructor(message: string, options?: LabmillErrorOptions) {
    super('ERR_ENGINE', message, options);
  }
}
