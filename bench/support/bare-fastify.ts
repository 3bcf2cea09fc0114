import { fastify } from 'fastify';

/** The most that the framework can do: it parses the body and answers the same bytes to everyone. */
const app = fastify();
app.post('/predict', (_request, reply) =>
  reply.send({
    predictions: ['setosa'],
    probabilities: [{ setosa: 0.9846955584737075, versicolor: 0.015304379509661311, virginica: 6.201663120443032e-8 }],
    model: { name: 'iris', version: '0123456789ab' },
  }),
);
await app.listen({ host: '127.0.0.1', port: Number(process.argv[2]) });
