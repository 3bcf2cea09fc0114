/** How many letters a name may differ in to be a likely slip. */
const MAX_EDITS = 2;

/** Returns the name that a mistyped one most likely stands for: at most two letters away, one for short names. */
export function nearestName(typed: string, names: readonly string[]): string | undefined {
  const reach = typed.length < 5 ? 1 : MAX_EDITS;
  const near = names
    .map((name) => ({ name, edits: editDistance(typed.toLowerCase(), name.toLowerCase()) }))
    .filter(({ edits }) => edits <= reach);
  return near.toSorted((a, b) => a.edits - b.edits)[0]?.name;
}

/** Returns how many letters must be put in, left out, changed or swapped with their neighbour to make `b` of `a`. */
function editDistance(a: string, b: string): number {
  let beforeLast: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const isSame = a[i - 1] === b[j - 1];
      const isSwap = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      row[j] = Math.min(
        last[j]! + 1,
        row[j - 1]! + 1,
        last[j - 1]! + (isSame ? 0 : 1),
        isSwap ? beforeLast[j - 2]! + 1 : Infinity,
      );
    }
    [beforeLast, last] = [last, row];
  }
  return last[b.length]!;
}
