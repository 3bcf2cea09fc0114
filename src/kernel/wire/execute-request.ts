/** What an `execute_request` asks for, with the specification's defaults. */
export interface ExecuteRequest {
  readonly code: string;
  /** Nothing is published and nothing is counted. */
  readonly silent: boolean;
  /** Whether the cell is counted and kept in the history; never where it is silent, or where there is no code. */
  readonly storeHistory: boolean;
  /** Expressions to evaluate when the cell has succeeded, by the names that their values have in the reply. */
  readonly userExpressions: Readonly<Record<string, string>>;
  /** Whether the cells behind are dropped when this one fails. */
  readonly stopOnError: boolean;
}

/** Returns the content of an `execute_request` as front ends send it for a cell: in the history, without questions to the user. */
export function executeRequest(code: string): Readonly<Record<string, unknown>> {
  return { code, silent: false, store_history: true, user_expressions: {}, allow_stdin: false, stop_on_error: true };
}

/** Reads the content of an `execute_request`; what is missing, or of another type than it should be, has its default. */
export function readExecuteRequest(content: Readonly<Record<string, unknown>>): ExecuteRequest {
  const code = typeof content['code'] === 'string' ? content['code'] : '';
  const silent = content['silent'] === true;
  return {
    code,
    silent,
    storeHistory: !silent && content['store_history'] !== false && code.trim() !== '',
    userExpressions: readExpressions(content['user_expressions']),
    // A silent request is the front end's own; that it fails is no news to the user whose cells stand behind it.
    stopOnError: !silent && content['stop_on_error'] !== false,
  };
}

function readExpressions(value: unknown): Record<string, string> {
  if (typeof value !== 'object' || value === null) return {};
  const isText = (entry: [string, unknown]): entry is [string, string] => typeof entry[1] === 'string';
  return Object.fromEntries(Object.entries(value).filter(isText));
}
