import { type LineMagic, UsageError } from './registry.ts';
import { table } from './table.ts';

/** Names whose values are not to end up in a notebook by accident. */
const SECRET = /key|token|secret|passw|credential|auth|private|cookie/i;

/** `%env`: lists, reads or sets environment variables, for the kernel and for commands. */
export const env: LineMagic = {
  summary: 'lists, reads or sets environment variables; the list hides values of names that look like secrets',
  usage: '[NAME | NAME=value | NAME value]',
  run(args, { output }) {
    if (args === '') return variables();
    const [, name, value] = /^([^\s=]+)(?:\s*=\s*(.*)|\s+(.*))?$/s.exec(args)?.flatMap((part) => part ?? []) ?? [];
    if (name === undefined)
      throw new UsageError(`%env: expected NAME, NAME=value or NAME value, got ${JSON.stringify(args).slice(0, 80)}`);
    if (value !== undefined) {
      process.env[name] = value;
      return output.write('stdout', `env: ${name}=${value}\n`);
    }
    if (process.env[name] === undefined)
      throw new UsageError(`%env: there is no environment variable ${JSON.stringify(name)}`);
    return process.env[name];
  },
};

function variables(): unknown {
  const names = Object.keys(process.env).toSorted();
  return table(names.map((name) => ({ name, value: SECRET.test(name) ? '<hidden>' : process.env[name]! })));
}
