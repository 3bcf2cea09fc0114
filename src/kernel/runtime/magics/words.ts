/** Splits what stands behind a magic at spaces; quotes keep words together. */
export function words(args: string): string[] {
  const parts = args.match(/(?:"[^"]*"|'[^']*'|[^\s"']|["'])+/g) ?? [];
  return parts.map((part) =>
    part.replace(/"([^"]*)"|'([^']*)'/g, (_, double?: string, single?: string) => double ?? single ?? ''),
  );
}
