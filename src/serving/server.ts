import { randomUUID } from 'node:crypto';
import type { AddressInfo } from 'node:net';
import type { FastifyInstance } from 'fastify';
import { InvalidArgumentError, ServerStartError } from '../base/errors.ts';
import type { Estimator } from '../training/estimator.ts';
import type { Pipeline } from '../training/pipeline.ts';
import { answerClientError } from './client-error.ts';
import { addErrorAnswers, answerUnreadable } from './error-routes.ts';
import { addHealthRoutes } from './health-routes.ts';
import { addInvocationRoute } from './invocation-route.ts';
import { createMetrics } from './metrics.ts';
import { addOpenApi } from './openapi.ts';
import { addPageRoutes } from './page-routes.ts';
import { addPredictRoute } from './predict-route.ts';
import { addRequestHooks } from './request-hooks.ts';
import { type ModelNaming, servedModel } from './served-model.ts';
import { openLog, type ServerLog } from './server-log.ts';
import { closeGracefully } from './shutdown.ts';

/** Options of `createPredictionServer`: what the model is called, the limits, and the log. */
export interface PredictionServerOptions extends ModelNaming {
  /** The log of requests, as lines of JSON. Default: none. */
  readonly log?: ServerLog;
  /** The most rows of one request. Default: 10,000. */
  readonly maxRows?: number;
  /** The largest body, in bytes. Default: 10 MiB. */
  readonly maxBodyBytes?: number;
  /** How long the head of a request may take to arrive. Default: 10 s. */
  readonly headersTimeoutMs?: number;
  /** How long a request may take to arrive as a whole. Default: 30 s. */
  readonly requestTimeoutMs?: number;
  /** How long `close` waits for requests that have begun. Default: 8 s. */
  readonly closeTimeoutMs?: number;
}

/** Where a server listens. */
export interface ListenOptions {
  /** Default: 127.0.0.1, which only this machine can reach. */
  readonly host?: string;
  /** Default: 8080; 0 takes a free one. */
  readonly port?: number;
}

/** A request that is answered without a connection. */
export interface InjectedRequest {
  readonly method: 'GET' | 'HEAD' | 'POST' | 'PUT' | 'DELETE' | 'PATCH' | 'OPTIONS';
  readonly url: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** An object is sent as JSON. */
  readonly body?: string | object;
}

/** The answer to an `InjectedRequest`. */
export interface InjectedAnswer {
  readonly statusCode: number;
  readonly headers: Readonly<Record<string, string | number | string[] | undefined>>;
  readonly body: string;
}

/** An HTTP server for one model. */
export interface PredictionServer {
  /** The address to send requests to, such as `http://127.0.0.1:8080`; empty before `listen`. */
  readonly url: string;
  /** Starts to listen and returns `url`. Throws a ServerStartError when the port is taken or not allowed. */
  listen(options?: ListenOptions): Promise<string>;
  /** Answers a request without a connection, for tests. */
  inject(request: InjectedRequest): Promise<InjectedAnswer>;
  /** Answers requests that have begun, refuses new ones, and resolves when all connections have ended. */
  close(): Promise<void>;
}

/**
 * Returns a server for a fitted model or a model file, which does not listen yet: `/predict`, MLflow's `/invocations`,
 * a form at `/`, OpenAPI at `/docs`, health and metrics.
 *
 * @throws FileReadError, ModelFileError for a path, as `loadModel` does; NotFittedError before `fit`
 * @throws InvalidArgumentError for a limit that is not a whole number above 0
 */
export async function createPredictionServer(
  model: string | Pipeline | Estimator,
  options: PredictionServerOptions = {},
): Promise<PredictionServer> {
  const limits = checkedLimits(options);
  const served = servedModel(model, options);
  const state = { isClosing: false };
  const metrics = await createMetrics(served);
  const log = options.log === undefined ? undefined : await openLog(options.log);
  const app = await createApp(limits);
  const addresses = addErrorAnswers(app, log);
  addRequestHooks(app, { state, addresses, metrics, log });
  await addOpenApi(app, served);
  addPredictRoute(app, served, { maxRows: limits.maxRows, metrics });
  await addInvocationRoute(app, served, { maxRows: limits.maxRows, metrics });
  addHealthRoutes(app, metrics);
  addPageRoutes(app, served);
  await app.ready();

  let url = '';
  return {
    get url() {
      return url;
    },
    listen: async ({ host = '127.0.0.1', port = 8080 } = {}) => {
      url = await listen(app, host, port);
      return url;
    },
    inject: async ({ method, url: path, headers, body }) => {
      const request = {
        method,
        url: path,
        ...(headers && { headers: { ...headers } }),
        ...(body !== undefined && { payload: body }),
      };
      const answer = await app.inject(request);
      return { statusCode: answer.statusCode, headers: answer.headers, body: answer.body };
    },
    close: async () => {
      state.isClosing = true;
      await closeGracefully(app.server, () => app.close(), limits.closeTimeoutMs);
      log?.flush();
    },
  };
}

/**
 * Returns a server that listens; see `createPredictionServer` and `listen`.
 *
 * ```ts
 * const server = await startPredictionServer(model, { port: 0 });
 * await fetch(`${server.url}/predict`, { method: 'POST', headers: { 'content-type': 'application/json' }, body });
 * await server.close();
 * ```
 */
export async function startPredictionServer(
  model: string | Pipeline | Estimator,
  options: PredictionServerOptions & ListenOptions = {},
): Promise<PredictionServer> {
  const server = await createPredictionServer(model, options);
  await server.listen(options);
  return server;
}

async function createApp({ maxBodyBytes, headersTimeoutMs, requestTimeoutMs }: Limits): Promise<FastifyInstance> {
  const { fastify } = await import('fastify');
  return fastify({
    genReqId: ({ headers }) => requestId(headers['x-request-id']),
    bodyLimit: maxBodyBytes,
    requestTimeout: requestTimeoutMs,
    http: {
      headersTimeout: Math.min(headersTimeoutMs, requestTimeoutMs),
      // How often time-outs are looked for.
      connectionsCheckingInterval: Math.min(1000, headersTimeoutMs, requestTimeoutMs),
    },
    // The errors of these, too, have the form of all others.
    return503OnClosing: false,
    clientErrorHandler: answerClientError,
    frameworkErrors: answerUnreadable,
  });
}

async function listen(app: FastifyInstance, host: string, port: number): Promise<string> {
  try {
    await app.listen({ host, port });
  } catch (cause) {
    await app.close();
    throw startError(host, port, cause);
  }
  const { address, port: actual, family } = app.server.address() as AddressInfo;
  return `http://${family === 'IPv6' ? `[${address}]` : address}:${actual}`;
}

function startError(host: string, port: number, cause: unknown): ServerStartError {
  const code = cause instanceof Error && 'code' in cause ? cause.code : undefined;
  const reason =
    code === 'EADDRINUSE'
      ? 'another program listens there. Choose another port, or 0 for a free one.'
      : code === 'EACCES'
        ? 'this user may not listen there. Choose a port from 1024 on.'
        : cause instanceof Error
          ? cause.message
          : String(cause);
  return new ServerStartError(`server: expected port ${port} of ${host} to be free, but ${reason}`, { cause });
}

/** Returns the client's id for a request when it is one that can be logged as it is, else a new one. */
function requestId(given: string | string[] | undefined): string {
  return typeof given === 'string' && /^[\w.:-]{1,64}$/.test(given) ? given : randomUUID();
}

type Limits = Required<Omit<PredictionServerOptions, 'log' | keyof ModelNaming>>;

function checkedLimits(options: PredictionServerOptions): Limits {
  const limits = {
    maxRows: options.maxRows ?? 10_000,
    maxBodyBytes: options.maxBodyBytes ?? 10 * 1024 * 1024,
    headersTimeoutMs: options.headersTimeoutMs ?? 10_000,
    requestTimeoutMs: options.requestTimeoutMs ?? 30_000,
    closeTimeoutMs: options.closeTimeoutMs ?? 8_000,
  };
  for (const [name, value] of Object.entries(limits)) {
    if (Number.isInteger(value) && value > 0) continue;
    throw new InvalidArgumentError(`server: expected a whole ${name} above 0, got ${value}`);
  }
  return limits;
}
