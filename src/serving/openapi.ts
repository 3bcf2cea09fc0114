import type { FastifyInstance } from 'fastify';
import { docsCss } from './page/style.ts';
import type { ServedModel } from './served-model.ts';

/** Swagger UI brings styles of its own in the page. */
const policy =
  "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self'; " +
  "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/** Describes the routes that `app` gets from now on as OpenAPI 3.1, at `/openapi.json` and as a page at `/docs`. */
export async function addOpenApi(app: FastifyInstance, { name, version, task }: ServedModel): Promise<void> {
  const [{ default: swagger }, { default: swaggerUi }] = await Promise.all([
    import('@fastify/swagger'),
    import('@fastify/swagger-ui'),
  ]);
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: { title: name, version, description: `Predictions of a ${task} model.` },
      tags: [
        { name: 'predict', description: 'Rows in, predictions out' },
        { name: 'mlflow', description: "What clients of MLflow's scoring server call" },
        { name: 'health', description: 'For probes and Prometheus' },
      ],
    },
  });
  await app.register(swaggerUi, {
    routePrefix: '/docs',
    // The page asks no other server, and says so.
    staticCSP: policy,
    uiConfig: { validatorUrl: null, docExpansion: 'list', defaultModelsExpandDepth: -1 },
    theme: { title: `API of ${name}`, css: [{ filename: 'labmill.css', content: docsCss }] },
  });
  app.get('/openapi.json', { schema: { hide: true } }, async () => app.swagger());
}
