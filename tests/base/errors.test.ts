import * as labmill from 'labmill';
import { describe, expect, test } from 'vitest';

/** One error of each class that is made from a message alone. */
const plain = [
  [labmill.InvalidArgumentError, 'ERR_INVALID_ARGUMENT', 2],
  [labmill.ShapeError, 'ERR_SHAPE', 1],
  [labmill.NotFiniteError, 'ERR_NOT_FINITE', 1],
  [labmill.EmptyDataError, 'ERR_EMPTY_DATA', 1],
  [labmill.ConstantDataError, 'ERR_CONSTANT_DATA', 1],
  [labmill.ColumnError, 'ERR_COLUMN', 1],
  [labmill.NotFittedError, 'ERR_NOT_FITTED', 1],
  [labmill.ModelFileError, 'ERR_MODEL_FILE', 1],
  [labmill.ServerStartError, 'ERR_SERVER_START', 1],
  [labmill.DownloadError, 'ERR_DOWNLOAD', 1],
  [labmill.OfflineError, 'ERR_OFFLINE', 1],
  [labmill.ChecksumError, 'ERR_CHECKSUM', 1],
  [labmill.FileReadError, 'ERR_FILE_READ', 1],
  [labmill.FileWriteError, 'ERR_FILE_WRITE', 1],
  [labmill.DataFormatError, 'ERR_DATA_FORMAT', 1],
  [labmill.EngineError, 'ERR_ENGINE', 1],
  [labmill.NotebookFormatError, 'ERR_NOTEBOOK_FORMAT', 2],
  [labmill.NotebookLanguageError, 'ERR_NOTEBOOK_LANGUAGE', 2],
  [labmill.ParameterError, 'ERR_PARAMETER', 2],
  [labmill.KernelStartError, 'ERR_KERNEL_START', 1],
] as const;

describe('every error class', () => {
  test.each(plain)('%o carries the code %s and the exit code %d', (Class, code, exitCode) => {
    const cause = new Error('below');
    const error = new Class('what happened', { cause });
    expect(error).toMatchObject({ name: Class.name, message: 'what happened', code, exitCode, cause });
    expect(error).toBeInstanceOf(labmill.LabmillError);
  });

  test('has a code of its own', () => {
    expect(new Set(plain.map(([, code]) => code)).size).toBe(plain.length);
  });
});

describe('errors with data', () => {
  test('CsvError begins with the place and carries it', () => {
    const error = new labmill.CsvError('expected a number', { file: 'a.csv', line: 7, column: 'age' });
    expect(error).toMatchObject({ code: 'ERR_CSV', file: 'a.csv', line: 7, column: 'age' });
    expect(error.message).toBe('a.csv:7, column "age": expected a number');
  });

  test('InputError carries what is wrong with each value', () => {
    const problem = { path: 'Age', expected: 'a number', got: '"abc"' };
    expect(new labmill.InputError('x', [problem])).toMatchObject({ code: 'ERR_INPUT', problems: [problem] });
  });

  test('TimeoutError carries the time that was given', () => {
    expect(new labmill.TimeoutError('late', 50)).toMatchObject({ code: 'ERR_TIMEOUT', timeoutMs: 50 });
  });

  test('KernelDiedError carries how the process ended', () => {
    const error = new labmill.KernelDiedError('gone', { exitStatus: null, signal: 'SIGKILL' });
    expect(error).toMatchObject({ code: 'ERR_KERNEL_DIED', exitStatus: null, signal: 'SIGKILL' });
  });
});

describe('isLabmillError', () => {
  test('knows its own errors, also those of another copy of the package', () => {
    const foreign = Object.assign(new Error('x'), { code: 'ERR_SHAPE', exitCode: 1 });
    expect(labmill.isLabmillError(new labmill.ShapeError('x'))).toBe(true);
    expect(labmill.isLabmillError(foreign)).toBe(true);
  });

  test.each([[new Error('x')], [Object.assign(new Error('x'), { code: 'ENOENT' })], ['ERR_SHAPE'], [null]])(
    'does not take %o for one',
    (value) => {
      expect(labmill.isLabmillError(value)).toBe(false);
    },
  );
});
