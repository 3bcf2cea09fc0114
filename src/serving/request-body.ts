import type { FastifyRequest } from 'fastify';
import { isLabmillError } from '../base/errors.ts';
import { Refusal } from './refusal.ts';

type Done = (error: Error | null, body?: unknown) => void;

/** Parses a body as JSON. A key such as `__proto__` is a key like others: nothing copies the object. */
export function jsonParser(_request: FastifyRequest, text: string | Buffer, done: Done): void {
  parse(String(text), done);
}

/**
 * Parses a body as Python's json does, which MLflow's clients use: NaN is a missing value, Infinity a number that the
 * model will refuse.
 */
export function pythonJsonParser(_request: FastifyRequest, text: string | Buffer, done: Done): void {
  const tokens = { NaN: 'null', Infinity: '1e999' };
  const isOutside = (found: string): found is keyof typeof tokens => found in tokens;
  parse(
    String(text).replace(/"(?:[^"\\]|\\.)*"|NaN|Infinity/g, (found) => (isOutside(found) ? tokens[found] : found)),
    done,
  );
}

/**
 * Returns a validator compiler, Fastify's place for what checks a body: the route's JSON Schema is for people and
 * their tools, `read` checks against the same columns, names each wrong value, and returns what the model takes.
 */
export function reading(
  read: (body: unknown) => unknown,
): () => (body: unknown) => { value: unknown } | { error: Error } {
  return () => (body) => {
    try {
      return { value: read(body) };
    } catch (error) {
      if (error instanceof Refusal || isLabmillError(error)) return { error };
      throw error;
    }
  };
}

function parse(text: string, done: Done): void {
  try {
    done(null, JSON.parse(text));
  } catch (error) {
    const position = / at position \d+(?: \(line \d+ column \d+\))?/.exec(String(error))?.[0] ?? '';
    done(new Refusal(400, `expected a body in JSON, got text that is no JSON${position}`));
  }
}
