/** Returns a number as people read it: `1234567` → `1,234,567`. (The first `toLocaleString` of a process costs 30 ms.) */
export function groupedNumber(value: number): string {
  return String(value).replace(/^\d+/, (digits) => digits.replaceAll(/\B(?=(?:\d{3})+$)/g, ','));
}
