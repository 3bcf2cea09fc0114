/** The kernel's own files, as V8 names them. */
const OWN_FILES = new URL('../..', import.meta.url).href;
/** The script that calls cells (`call-user-code.ts`); what stands below it in a stack is the kernel, and Node. */
const CALLER = 'node:labmill';

let ownFormat: typeof Error.prepareStackTrace;

/**
 * Has V8 write stacks without the kernel's frames, and each frame as `original` returns it: cells print errors, and packages their stacks, by themselves. Otherwise
 * they are as V8 writes them. The user's own `Error.prepareStackTrace` takes this one's place, as it would take V8's.
 */
export function installStackFormat(original: (frame: string) => string = (frame) => frame): void {
  ownFormat = (error, sites) => {
    const frames = sites.map(String).map(original);
    const caller = frames.findIndex((frame) => frame.includes(CALLER));
    const ofUser = frames.slice(0, caller === -1 ? undefined : caller).filter((frame) => !frame.includes(OWN_FILES));
    return [headOf(error), ...ofUser].join('\n    at ');
  };
  Error.prepareStackTrace = ownFormat;
}

/** Reads a stack, which V8 writes when it is first asked, as the kernel has it written: whatever formatter the user has set. */
export function withOwnFormat<T>(read: () => T): T {
  const format = Object.getOwnPropertyDescriptor(Error, 'prepareStackTrace');
  const value = ownFormat;
  Object.defineProperty(Error, 'prepareStackTrace', { value, writable: true, enumerable: true, configurable: true });
  try {
    return read();
  } finally {
    if (format === undefined) Reflect.deleteProperty(Error, 'prepareStackTrace');
    else Object.defineProperty(Error, 'prepareStackTrace', format);
  }
}

function headOf(error: Error): string {
  try {
    return Error.prototype.toString.call(error);
  } catch {
    return 'Error';
  }
}
