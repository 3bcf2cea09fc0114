const units = ['B', 'KB', 'MB', 'GB', 'TB', 'PB'];

/** Returns a size as people read it: `0 B`, `12.3 KB`, `4.0 GB`; a KB has 1024 bytes. */
export function formatBytes(bytes: number): string {
  let [size, unit] = [bytes, 0];
  while (size >= 1023.95 && unit < units.length - 1) {
    size /= 1024;
    unit++;
  }
  return `${unit === 0 ? Math.round(size) : size.toFixed(1)} ${units[unit]}`;
}
