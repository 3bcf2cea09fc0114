/** What Node is told to keep to itself (`kernel-command.ts`), and what `LateFailures` does when there is something to tell. */
const UNWANTED = new Set(['ExperimentalWarning', 'PromiseRejectionHandledWarning']);

/** Returns what a cell's stderr shows of a warning (`process.emitWarning`); empty for unwanted ones. */
export function warningText(warning: Error): string {
  const { name, message, code, detail } = warning as Error & { readonly code?: unknown; readonly detail?: unknown };
  if (UNWANTED.has(name)) return '';
  if (name === 'DeprecationWarning' && process.noDeprecation === true) return '';
  const label = typeof code === 'string' ? `[${code}] ` : '';
  return `${label}${name}: ${message}\n${typeof detail === 'string' ? `${detail}\n` : ''}`;
}
