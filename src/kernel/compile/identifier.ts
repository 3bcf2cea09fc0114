/** Returns whether `text` can stand behind a dot (ECMAScript's IdentifierName). */
export function isIdentifierName(text: string): boolean {
  return /^[\p{ID_Start}$_][\p{ID_Continue}$\u200C\u200D]*$/u.test(text);
}
