/** What of a URL is a password. */
const password = /^([a-z][a-z0-9+.-]*:\/\/[^/@:]*):[^/@]*@/i;

/** Returns a URL with `***` in the place of a password, for messages. */
export function showUrl(url: string): string {
  return url.replace(password, '$1:***@');
}

/** Returns whether a URL has a password in it. */
export function hasPassword(url: string): boolean {
  return password.test(url);
}
