/** The packages that the kernel provides itself, whether they are installed or not. */
export const PROVIDED_PACKAGES: ReadonlySet<string> = new Set(['tslab']);
