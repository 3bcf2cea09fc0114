import { formatPythonJson } from '../../versioning/format/python-json.ts';

/** Returns a value as DVC prints it with `--json`, to the byte. */
export function jsonLine(value: unknown): string {
  return `${formatPythonJson(value)}\n`;
}
