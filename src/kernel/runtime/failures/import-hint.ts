/** Returns what to do about an error of Node's module loaders, as far as it is known. */
export function importHint(error: object): string | undefined {
  const { code, message } = error as Readonly<Record<string, unknown>>;
  if (typeof message !== 'string') return undefined;
  switch (code) {
    case 'ERR_MODULE_NOT_FOUND':
      return packageHint(/^Cannot find package '([^']+)'/.exec(message)?.[1]);
    case 'MODULE_NOT_FOUND':
      return packageHint(/^Cannot find module '([^./'][^']*)'/.exec(message)?.[1]);
    case 'ERR_IMPORT_ATTRIBUTE_MISSING':
      return "Write `import … with { type: 'json' }`.";
    default:
      return undefined;
  }
}

/** `wanted` may name a file in a package. */
function packageHint(wanted: string | undefined): string | undefined {
  const name = /^(?:@[^/]+\/)?[^/]+/.exec(wanted ?? '')?.[0];
  return name === undefined ? undefined : `Install it for this notebook: %npm install ${name}`;
}
