import type { FromRuntime, ToRuntime } from '../thread-messages.ts';

/** How long completion and inspection wait for a runtime thread that may be computing, in milliseconds. */
const INTROSPECTION_TIMEOUT_MS = 500;

/** Messages of the runtime thread that answer a request. */
type Answer = Extract<FromRuntime, { request: number }>;

/** Sends requests to the runtime thread and matches its answers. */
export class RuntimeLink {
  readonly post: (message: ToRuntime) => void;
  readonly #waiting = new Map<number, (answer: Answer | undefined) => void>();
  #requests = 0;

  constructor(post: (message: ToRuntime) => void) {
    this.post = post;
  }

  /** Asks to complete or inspect; `undefined` when the runtime thread is too busy to answer in time. */
  introspect(type: 'complete' | 'inspect', code: string, cursor: number): Promise<Answer | undefined> {
    const request = ++this.#requests;
    return new Promise((resolve) => {
      const timer = setTimeout(() => this.#settle(request, undefined), INTROSPECTION_TIMEOUT_MS);
      this.#waiting.set(request, (answer) => {
        clearTimeout(timer);
        resolve(answer);
      });
      this.post({ type, request, code, cursor });
    });
  }

  /** The runtime thread has answered. */
  onAnswer(answer: Answer): void {
    this.#settle(answer.request, answer);
  }

  #settle(request: number, answer: Answer | undefined): void {
    this.#waiting.get(request)?.(answer);
    this.#waiting.delete(request);
  }
}
