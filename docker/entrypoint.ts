import { isLabmillError } from 'labmill';
import { commandLine } from './command-line.ts';

/** What the image starts: the command line of `labmill`, in this very process, so that a signal to the container reaches it. */
try {
  process.argv.splice(2, Infinity, ...commandLine(process.argv.slice(2)));
  await import(new URL('../dist/cli/main.js', import.meta.url).href);
} catch (error) {
  if (!isLabmillError(error)) throw error;
  console.error(`${error.code}: ${error.message}`);
  process.exitCode = error.exitCode;
}
