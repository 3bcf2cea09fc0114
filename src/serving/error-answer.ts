import { CsvError, InputError, type InputProblem, isLabmillError } from '../base/errors.ts';
import { Refusal } from './refusal.ts';

/** What a client is told of an error: nothing of paths, stacks or the libraries inside. */
export interface ErrorAnswer {
  readonly statusCode: number;
  readonly code: string;
  readonly message: string;
  readonly fields: readonly InputProblem[];
}

const usual: Readonly<Record<number, readonly [code: string, message: string]>> = {
  400: ['ERR_BAD_REQUEST', 'expected a request that HTTP allows, with a body as long as it says'],
  404: ['ERR_NOT_FOUND', 'there is nothing at this address'],
  405: ['ERR_METHOD_NOT_ALLOWED', 'this address does not take this method'],
  408: ['ERR_REQUEST_TIMEOUT', 'the request did not arrive in time'],
  413: ['ERR_TOO_LARGE', 'the body is larger than this server takes'],
  415: ['ERR_MEDIA_TYPE', 'expected the header "Content-Type: application/json"'],
  422: ['ERR_INPUT', 'the model cannot predict from these values'],
  431: ['ERR_HEADERS_TOO_LARGE', 'the headers are larger than this server takes'],
  500: ['ERR_INTERNAL', 'the server failed; its log says why under the request id'],
  503: ['ERR_CLOSING', 'the server is shutting down'],
};

/** Returns the answer for a status, with its usual message unless another one is given. */
export function statusAnswer(statusCode: number, message?: string): ErrorAnswer {
  const known = statusCode in usual ? statusCode : statusCode >= 400 && statusCode < 500 ? 400 : 500;
  const [code, text] = usual[known]!;
  return { statusCode: known, code, message: message ?? text, fields: [] };
}

/** Returns the answer for whatever was thrown while a request was read or answered. */
export function errorAnswer(error: unknown): ErrorAnswer {
  if (error instanceof InputError) return { ...statusAnswer(422, error.message), fields: error.problems };
  if (error instanceof Refusal) return statusAnswer(error.statusCode, error.message);
  if (error instanceof CsvError) return statusAnswer(400, error.message);
  // What the model itself refuses: a value out of range, an overflow.
  if (isLabmillError(error)) return statusAnswer(422, error.message);
  // The server's own errors have a status; their words name the library.
  const status = error instanceof Error && 'statusCode' in error ? Number(error.statusCode) : 500;
  return statusAnswer(status);
}

/** Returns the JSON of an error answer of every route but `/invocations`. */
export function errorBody({ code, message, fields }: ErrorAnswer, requestId: string): object {
  return { error: { code, message, fields }, requestId };
}

const mlflowCodes: Readonly<Record<number, string>> = {
  404: 'ENDPOINT_NOT_FOUND',
  500: 'INTERNAL_ERROR',
  503: 'TEMPORARILY_UNAVAILABLE',
};

/** Returns the JSON of an error answer of `/invocations`, in MLflow's words. */
export function invocationErrorBody({ statusCode, message, fields }: ErrorAnswer): object {
  // Columns that are missing have a code of their own, wrong values do not.
  const isMisfit = statusCode === 422 && fields.length === 0;
  return { error_code: isMisfit ? 'INVALID_PARAMETER_VALUE' : (mlflowCodes[statusCode] ?? 'BAD_REQUEST'), message };
}
