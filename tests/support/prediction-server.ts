import {
  createPredictionServer,
  type InjectedAnswer,
  type PredictionServer,
  type PredictionServerOptions,
} from 'labmill/serving';
import type { Estimator, Pipeline } from 'labmill/training';
import { onTestFinished } from 'vitest';
import { passengerModel } from './served-models.ts';

/** An answer whose JSON has been read. */
interface JsonAnswer extends InjectedAnswer {
  readonly json: unknown;
}

/** A server that ends with the test, and a way to ask it without a connection. */
export interface TestServer extends PredictionServer {
  readonly get: (url: string) => Promise<InjectedAnswer>;
  /** Sends a text as it is, else JSON. */
  readonly post: (
    url: string,
    body: string | object,
    headers?: Readonly<Record<string, string>>,
  ) => Promise<JsonAnswer>;
}

/** Returns a server for `model`, by default the one of passengers, that does not listen. */
export async function predictionServer(
  model: Pipeline | Estimator = passengerModel(),
  options: PredictionServerOptions = {},
): Promise<TestServer> {
  const server = await createPredictionServer(model, { name: 'test', version: '1', ...options });
  onTestFinished(() => server.close());
  return Object.assign(server, {
    get: (url: string) => server.inject({ method: 'GET', url }),
    post: async (url: string, body: string | object, headers: Readonly<Record<string, string>> = {}) => {
      const request = {
        method: 'POST',
        url,
        headers: { 'content-type': 'application/json', ...headers },
        body,
      } as const;
      const answer = await server.inject(request);
      return { ...answer, json: JSON.parse(answer.body) as unknown };
    },
  });
}
