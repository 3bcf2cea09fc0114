/** Returns JSON as Python's `json.dumps` writes it: ASCII only, a space after each comma and colon. */
export function formatPythonJson(value: unknown): string {
  if (typeof value === 'string') return formatPythonString(value);
  if (Array.isArray(value)) return `[${value.map(formatPythonJson).join(', ')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value ?? null);
  const entries = Object.entries(value).filter(([, held]) => held !== undefined);
  return `{${entries.map(([key, held]) => `${formatPythonString(key)}: ${formatPythonJson(held)}`).join(', ')}}`;
}

/** Returns a text as such a JSON string; other than JavaScript, Python also escapes DEL. */
export function formatPythonString(text: string): string {
  const escape = (unit: string): string => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`;
  return JSON.stringify(text).replaceAll(/[\u007f-\uffff]/g, escape);
}
