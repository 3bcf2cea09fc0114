import type { NotebookNames } from '../compile/compile-cell.ts';
import type { ExpressionResult, RunCell } from '../thread-messages.ts';
import type { Compiler } from './compiler.ts';
import type { ErrorContent } from './tracebacks/traceback.ts';

/** Compiles the `user_expressions` of a request; one that does not compile throws where it is evaluated. */
export function compileExpressions(
  expressions: Readonly<Record<string, string>>,
  compiler: Pick<Compiler, 'compile'>,
  names: NotebookNames,
): Promise<RunCell['userExpressions']> {
  const compile = async ([key, expression]: [string, string]): Promise<{ key: string; code: string }> => {
    const compiled = await compiler.compile(expression, names);
    if (!(compiled instanceof Error)) return { key, code: compiled.code };
    return { key, code: `(()=>{throw new SyntaxError(${JSON.stringify(compiled.message)})})` };
  };
  return Promise.all(Object.entries(expressions).map(compile));
}

/**
 * Returns the results of user expressions as they stand in `execute_reply`. Of an error, only its name and message are told: its
 * frames lead into no cell.
 *
 * @param errorOf returns a failure as Jupyter's `error` content
 */
export function expressionContents(
  results: Readonly<Record<string, ExpressionResult>>,
  errorOf: (failure: { name: string; message: string; stack: string }) => ErrorContent,
): Record<string, Record<string, unknown>> {
  const content = (result: ExpressionResult): Record<string, unknown> => {
    if (result.status === 'ok') return { status: 'ok', data: result.data, metadata: {} };
    const { name, message } = result.failure;
    return { status: 'error', ...errorOf({ name, message, stack: '' }) };
  };
  return Object.fromEntries(Object.entries(results).map(([key, result]) => [key, content(result)]));
}
