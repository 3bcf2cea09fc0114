/** The kernel's own files, as V8 names them. */
const OWN_FILES = new URL('..', import.meta.url).href;
/** The script that calls cells (`call-user-code.ts`); what stands below it in a stack is the kernel, and Node. */
const CALLER = 'node:labmill';

/**
 * Has V8 write stacks without the kernel's frames: cells print errors, and packages their stacks, by themselves. Otherwise
 * they are as V8 writes them. The user's own `Error.prepareStackTrace` takes this one's place, as it would take V8's.
 */
export function installStackFormat(): void {
  Error.prepareStackTrace = (error, sites) => {
    const frames = sites.map(String);
    const caller = frames.findIndex((frame) => frame.includes(CALLER));
    const ofUser = frames.slice(0, caller === -1 ? undefined : caller).filter((frame) => !frame.includes(OWN_FILES));
    return [headOf(error), ...ofUser].join('\n    at ');
  };
}

function headOf(error: Error): string {
  try {
    return Error.prototype.toString.call(error);
  } catch {
    return 'Error';
  }
}
