type Content = Readonly<Record<string, unknown>>;

/** A request whose content is not what the messaging specification asks for. */
export class RequestError extends Error {
  override readonly name: string = 'RequestError';
}

/**
 * Returns a field that must be a text.
 *
 * @throws RequestError when it is none
 */
export function textField(content: Content, name: string): string {
  const value = content[name];
  if (typeof value === 'string') return value;
  throw new RequestError(`expected ${name} to be a text, got ${shown(value)}`);
}

/**
 * Returns a field that must be a whole number, or `undefined` when it is missing or null.
 *
 * @throws RequestError when it is something else
 */
export function integerField(content: Content, name: string): number | undefined {
  const value = content[name] ?? undefined;
  if (value === undefined || Number.isSafeInteger(value)) return value as number | undefined;
  throw new RequestError(`expected ${name} to be a whole number, got ${shown(value)}`);
}

/** Returns the content of the reply to a request that could not be answered (messaging specification, "Request-Reply"). */
export function errorReply(error: unknown): Record<string, unknown> {
  const { name, message } = error instanceof Error ? error : new Error(String(error));
  return { status: 'error', ename: name, evalue: message, traceback: [] };
}

function shown(value: unknown): string {
  return value === undefined ? 'nothing' : JSON.stringify(value).slice(0, 80);
}
