import { homedir } from 'node:os';

/** Returns a path that is written behind a magic: quotes are taken off, a leading `~` is the home folder. */
export function pathArgument(args: string): string {
  return args
    .trim()
    .replace(/^(['"])(.*)\1$/, '$2')
    .replace(/^~(?=$|[\\/])/, () => homedir());
}
