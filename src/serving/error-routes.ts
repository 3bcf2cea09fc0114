import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { type ErrorAnswer, errorAnswer, errorBody, invocationErrorBody, statusAnswer } from './error-answer.ts';
import type { RequestLog } from './server-log.ts';

/** The methods that each address takes. */
export type Addresses = ReadonlyMap<string, ReadonlySet<string>>;

/** Makes `app` answer every error in JSON, and returns the addresses of the routes that it gets from now on. */
export function addErrorAnswers(app: FastifyInstance, log: RequestLog | undefined): Addresses {
  const addresses = new Map<string, Set<string>>();
  app.addHook('onRoute', ({ url, method }) => {
    const methods = addresses.get(url) ?? new Set();
    for (const each of [method].flat()) methods.add(each);
    addresses.set(url, methods);
  });
  app.setErrorHandler((error, request, reply) => {
    const answer = errorAnswer(error);
    if (answer.statusCode >= 500) log?.failed(request.id, error);
    send(request, reply, answer);
  });
  app.setNotFoundHandler((request, reply) => {
    const methods = addresses.get(pathOf(request));
    if (methods === undefined) return send(request, reply, statusAnswer(404));
    void reply.header('allow', [...methods].join(', '));
    send(request, reply, statusAnswer(405, `expected the method ${[...methods].join(' or ')}, got ${request.method}`));
  });
  return addresses;
}

/** Answers a request whose URL cannot be read, for which there is no route and no hook. */
export function answerUnreadable(_error: unknown, request: FastifyRequest, reply: FastifyReply): void {
  void reply.header('x-request-id', request.id);
  send(request, reply, statusAnswer(400));
}

/** Sends an error answer, in MLflow's form where its clients ask. */
export function send(request: FastifyRequest, reply: FastifyReply, answer: ErrorAnswer): void {
  const isInvocation = pathOf(request) === '/invocations';
  // MLflow's server has one status for all that is wrong with an input.
  const statusCode = isInvocation && answer.statusCode === 422 ? 400 : answer.statusCode;
  void reply
    .code(statusCode)
    .type('application/json; charset=utf-8')
    .serializer(JSON.stringify)
    .send(isInvocation ? invocationErrorBody(answer) : errorBody(answer, request.id));
}

/** Returns the address of a request without its query string. */
export function pathOf({ url }: FastifyRequest): string {
  const end = url.indexOf('?');
  return end === -1 ? url : url.slice(0, end);
}
