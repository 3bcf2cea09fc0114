/** Returns the UTF-16 offset of a position counted in code points, as `cursor_pos` is since protocol 5.2. */
export function toUtf16(text: string, codePoints: number): number {
  let offset = 0;
  for (let i = 0; i < codePoints && offset < text.length; i++) offset += text.codePointAt(offset)! > 0xffff ? 2 : 1;
  return offset;
}

/** Returns the number of code points before a UTF-16 offset. */
export function toCodePoints(text: string, offset: number): number {
  let count = 0;
  for (let i = 0; i < offset && i < text.length; i += text.codePointAt(i)! > 0xffff ? 2 : 1) count++;
  return count;
}
