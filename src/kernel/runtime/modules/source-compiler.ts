import type { Compiled, FromRuntime, Source } from '../../thread-messages.ts';

/** A source as a script; see `CompiledCell`. */
type CompiledSource = Extract<Compiled, { status: 'ok' }>;

/** Has sources compiled on the protocol thread, where the compiler is. */
export class SourceCompiler {
  readonly #post: (message: FromRuntime) => void;
  readonly #waiting = new Map<number, (answer: Compiled) => void>();
  #requests = 0;

  constructor(post: (message: FromRuntime) => void) {
    this.#post = post;
  }

  /**
   * Compiles a source as if it were the next cell.
   *
   * @throws SyntaxError whose stack names the place in the source
   */
  async compile(source: Source): Promise<CompiledSource> {
    const request = ++this.#requests;
    const { promise, resolve } = Promise.withResolvers<Compiled>();
    this.#waiting.set(request, resolve);
    this.#post({ type: 'compile', request, source });
    const answer = await promise;
    if (answer.status === 'ok') return answer;
    const error = new SyntaxError(answer.message);
    error.stack = `SyntaxError: ${answer.message}\n    at ${source.file}:${answer.line}:${answer.column}`;
    throw error;
  }

  /** The protocol thread has answered. */
  onCompiled(answer: Compiled): void {
    this.#waiting.get(answer.request)?.(answer);
    this.#waiting.delete(answer.request);
  }
}
