import type { JupyterMessage } from '../wire/message.ts';

/** The cells that are being made ready for the runtime thread: what was sent after them is not to overtake them. */
export class Departures {
  readonly #waiting = new Map<JupyterMessage, PromiseWithResolvers<void>>();

  /** The turn of a request has come. */
  begin(request: JupyterMessage): void {
    this.#waiting.set(request, Promise.withResolvers());
  }

  /** A request has left for the runtime thread, or will not leave any more. */
  end(request: JupyterMessage): void {
    this.#waiting.get(request)?.resolve();
    this.#waiting.delete(request);
  }

  /** Resolves when the requests whose turn has come until now have left. */
  async done(): Promise<void> {
    await Promise.all(Array.from(this.#waiting.values(), ({ promise }) => promise));
  }
}
