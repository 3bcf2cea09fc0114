import type { FromRuntime, Introspect, ToRuntime } from '../thread-messages.ts';
import { toCodePoints, toUtf16 } from './cursor.ts';
import { integerField, textField } from './request-content.ts';

type Content = Readonly<Record<string, unknown>>;

/** How long a runtime thread that may be computing is waited for, in milliseconds. */
const TIMEOUT_MS = 500;

/** What the runtime thread answers. */
type Answer = Extract<FromRuntime, { type: 'completion' | 'inspection' }>;

/** Completes and inspects: asks the runtime thread, which has the values, and is content without an answer in time. */
export class Introspection {
  readonly #post: (message: ToRuntime) => void;
  readonly #waiting = new Map<number, (answer: Answer | undefined) => void>();
  #requests = 0;

  constructor(post: (message: ToRuntime) => void) {
    this.#post = post;
  }

  /**
   * Returns the content of `complete_reply`.
   *
   * @throws RequestError when the request is malformed
   */
  async complete(content: Content): Promise<Record<string, unknown>> {
    const { code, cursor } = positionOf(content);
    const answer = await this.#ask({ type: 'complete', code, cursor });
    const { matches = [], types = [], start = cursor } = answer?.type === 'completion' ? answer.completion : {};
    const [cursor_start, cursor_end] = [toCodePoints(code, start), toCodePoints(code, cursor)];
    const typed = types.map((type, index) => ({ start: cursor_start, end: cursor_end, text: matches[index], type }));
    // What IPython calls so; front ends draw icons of it.
    const metadata = { _jupyter_types_experimental: typed };
    return { status: 'ok', matches, cursor_start, cursor_end, metadata };
  }

  /**
   * Returns the content of `inspect_reply`.
   *
   * @throws RequestError when the request is malformed
   */
  async inspect(content: Content): Promise<Record<string, unknown>> {
    const answer = await this.#ask({
      type: 'inspect',
      ...positionOf(content),
      detail: content['detail_level'] === 1 ? 1 : 0,
    });
    const data = answer?.type === 'inspection' ? answer.data : undefined;
    return { status: 'ok', found: data !== undefined, data: data ?? {}, metadata: {} };
  }

  /** The runtime thread has answered. */
  onAnswer(answer: Answer): void {
    this.#settle(answer.request, answer);
  }

  #ask(question: Omit<Introspect, 'request'>): Promise<Answer | undefined> {
    const request = ++this.#requests;
    return new Promise((resolve) => {
      const timer = setTimeout(() => this.#settle(request, undefined), TIMEOUT_MS);
      this.#waiting.set(request, (answer) => {
        clearTimeout(timer);
        resolve(answer);
      });
      this.#post({ ...question, request });
    });
  }

  #settle(request: number, answer: Answer | undefined): void {
    this.#waiting.get(request)?.(answer);
    this.#waiting.delete(request);
  }
}

/** Returns the code and the cursor's UTF-16 offset in it; the end where the request has none, or one that is outside. */
function positionOf(content: Content): { code: string; cursor: number } {
  const code = textField(content, 'code');
  return { code, cursor: toUtf16(code, integerField(content, 'cursor_pos') ?? code.length) };
}
