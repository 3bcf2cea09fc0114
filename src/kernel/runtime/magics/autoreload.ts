import { type LineMagic, UsageError } from './registry.ts';

/** `%autoreload`: whether edited modules are loaded anew. */
export const autoreload: LineMagic = {
  summary: 'sets, or tells, whether an edited module is loaded anew when a cell imports it',
  usage: '[on | off]',
  run(args, { modules, output }) {
    if (!['', 'on', 'off'].includes(args))
      throw new UsageError(`%autoreload: expected on or off, got ${JSON.stringify(args.slice(0, 80))}`);
    if (args !== '') modules.isReloading = args === 'on';
    const text = modules.isReloading
      ? 'on: an edited module, and what imports it, is loaded anew when a cell imports it'
      : 'off: modules stay as they were first loaded';
    output.write('stdout', `autoreload is ${text}\n`);
  },
};
