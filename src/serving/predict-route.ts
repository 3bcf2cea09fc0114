import type { FastifyInstance } from 'fastify';
import { errorSchema, predictAnswerSchema, predictBodySchema } from './json-schemas.ts';
import type { Metrics } from './metrics.ts';
import { predictBodyReader } from './predict-body.ts';
import type { Rows } from './read-input.ts';
import type { ServedModel } from './served-model.ts';
import { jsonParser, reading } from './request-body.ts';

/** What the routes that predict share. */
export interface PredictOptions {
  readonly maxRows: number;
  readonly metrics: Metrics;
}

/** Answers `POST /predict`. */
export function addPredictRoute(app: FastifyInstance, model: ServedModel, { maxRows, metrics }: PredictOptions): void {
  const { name, version } = model;
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('application/json', { parseAs: 'string' }, jsonParser);
  app.post('/predict', {
    schema: {
      summary: `Predicts with ${name}`,
      tags: ['predict'],
      body: predictBodySchema(model.fields, maxRows),
      response: { 200: predictAnswerSchema(model), '4xx': errorSchema, '5xx': errorSchema },
    },
    validatorCompiler: reading(predictBodyReader(model.fields, maxRows)),
    handler: (request, reply) => {
      const { predictions, probabilities } = model.predict(request.body as Rows);
      metrics.countPredictions(predictions.length);
      return reply.send({ predictions, probabilities, model: { name, version } });
    },
  });
}
