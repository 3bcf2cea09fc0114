import type { FastifyInstance } from 'fastify';
import { parseCsv } from '../data/parse-csv.ts';
import { csvInput } from './csv-input.ts';
import { invocationInput } from './invocation-body.ts';
import { exampleRow, invocationErrorSchema } from './json-schemas.ts';
import type { PredictOptions } from './predict-route.ts';
import { readInput, requireRowCount, type Rows } from './read-input.ts';
import { Refusal } from './refusal.ts';
import { pythonJsonParser, reading } from './request-body.ts';
import type { ServedModel } from './served-model.ts';

/** Answers `POST /invocations` as MLflow's scoring server does. */
export async function addInvocationRoute(
  app: FastifyInstance,
  model: ServedModel,
  { maxRows, metrics }: PredictOptions,
): Promise<void> {
  const { fields } = model;
  const read = (body: unknown): Rows => {
    const source =
      typeof body === 'string'
        ? csvInput(fields, (options) => parseCsv(body, { ...options, file: 'body' }))
        : invocationInput(fields, body);
    requireRowCount(source.rowCount, maxRows);
    return readInput(fields, source);
  };
  // A context of its own: other content types, another kind of JSON.
  await app.register(async (route) => {
    route.removeAllContentTypeParsers();
    route.addContentTypeParser('application/json', { parseAs: 'string' }, pythonJsonParser);
    route.addContentTypeParser('text/csv', { parseAs: 'string' }, (_request, text, done) => done(null, String(text)));
    route.addHook('onRequest', (request, _reply, done) => done(mediaTypeRefusal(request.headers['content-type'])));
    route.post('/invocations', {
      schema: {
        summary: 'Predicts as the scoring server of MLflow does',
        tags: ['mlflow'],
        consumes: ['application/json', 'text/csv'],
        body: invocationBodySchema(exampleRow(fields)),
        response: {
          200: { description: 'The predictions.', type: 'object', properties: { predictions: { type: 'array' } } },
          '4xx': invocationErrorSchema,
          '5xx': invocationErrorSchema,
        },
      },
      validatorCompiler: reading(read),
      handler: (request, reply) => {
        const { predictions } = model.predict(request.body as Rows);
        metrics.countPredictions(predictions.length);
        return reply.type('application/json').serializer(JSON.stringify).send({ predictions });
      },
    });
  });
}

/** MLflow's server takes these two types, in UTF-8, and no other parameter. */
function mediaTypeRefusal(type = ''): Refusal | undefined {
  const [mime, ...parameters] = type.split(';').map((part) => part.trim().toLowerCase());
  const isKnown = mime === 'application/json' || mime === 'text/csv';
  if (isKnown && parameters.every((parameter) => /^(?:charset="?utf-8"?)?$/.test(parameter))) return undefined;
  const got = JSON.stringify(type.slice(0, 80));
  return new Refusal(415, `expected the content type application/json or text/csv, in UTF-8, got ${got}`);
}

function invocationBodySchema(example: Record<string, number | string>): object {
  const object = { type: 'object' };
  return {
    type: 'object',
    description: 'Exactly one of these; columns are found by name, further ones are ignored.',
    properties: {
      dataframe_split: object,
      dataframe_records: { type: 'array', items: object },
      instances: {},
      inputs: {},
    },
    'x-examples': {
      records: { value: { dataframe_records: [example] } },
      split: { value: { dataframe_split: { columns: Object.keys(example), data: [Object.values(example)] } } },
    },
  };
}
