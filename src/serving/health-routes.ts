import { readFileSync } from 'node:fs';
import type { FastifyInstance } from 'fastify';
import type { Metrics } from './metrics.ts';

/** Answers whether the server lives and takes requests, in its own words and in those of MLflow's server, and `/metrics`. */
export function addHealthRoutes(app: FastifyInstance, metrics: Metrics): void {
  const status = {
    description: 'It does; while it shuts down the answer is 503.',
    type: 'object',
    properties: { status: { type: 'string', enum: ['ok'] } },
    required: ['status'],
  };
  for (const [path, summary] of [
    ['/health/live', 'Does the server live?'],
    ['/health/ready', 'Does it take requests?'],
  ] as const) {
    app.get(path, { schema: { summary, tags: ['health'], response: { 200: status } } }, async () => ({ status: 'ok' }));
  }
  for (const path of ['/ping', '/health']) {
    const schema = {
      summary: 'Does it take requests?',
      tags: ['mlflow'],
      response: { 200: { description: 'It does.' } },
    };
    app.get(path, { schema }, (_request, reply) => reply.type('application/json').serializer(String).send('\n'));
  }
  const version = packageVersion();
  const versionSchema = {
    summary: 'Which server is it?',
    tags: ['mlflow'],
    response: { 200: plainText('The version.') },
  };
  app.get('/version', { schema: versionSchema }, (_request, reply) =>
    reply.type('text/plain').serializer(String).send(version),
  );
  const metricsSchema = {
    summary: 'What has it counted?',
    tags: ['health'],
    response: { 200: plainText('The figures.') },
  };
  app.get('/metrics', { schema: metricsSchema }, async (_request, reply) => {
    const figures = await metrics.text();
    return reply.type(metrics.contentType).serializer(String).send(figures);
  });
}

function plainText(description: string): object {
  return { description, content: { 'text/plain': { schema: { type: 'string' } } } };
}

function packageVersion(): string {
  const text = readFileSync(new URL('../../package.json', import.meta.url), 'utf8');
  return (JSON.parse(text) as { readonly version: string }).version;
}
