/** Returns the content of an `execute_request` as front ends send it for a cell: in the history, without questions to the user. */
export function executeRequest(code: string): Readonly<Record<string, unknown>> {
  return { code, silent: false, store_history: true, user_expressions: {}, allow_stdin: false, stop_on_error: true };
}
