import { resolve } from 'node:path';
import type { Command } from 'commander';
import { InvalidArgumentError } from '../base/errors.ts';
import { dataFolders, prefixDataFolder, thisMachine, userDataFolder } from '../kernel/install/jupyter-paths.ts';
import { type InstalledKernel, installedKernels } from '../kernel/install/installed-kernels.ts';
import { installKernel, kernelSpec, type KernelSpecOptions, uninstallKernel } from '../kernel/install/kernelspec.ts';
import { sysPrefix } from '../kernel/install/sys-prefix.ts';

/** Where a kernelspec goes. */
interface PlaceOptions {
  readonly user?: boolean;
  readonly sysPrefix?: boolean;
  readonly prefix?: string;
}

/** Adds `labmill kernel install|uninstall|list`. */
export function addKernelCommand(program: Command): void {
  const kernel = program
    .command('kernel')
    .description('install the TypeScript kernel in Jupyter, remove it, or list where it is');

  addPlaceOptions(kernel.command('install').description('make the kernel known to Jupyter'))
    .option('--display-name <text>', 'its name in launchers and menus (default: made from --name)')
    .addHelpText(
      'after',
      '\nExample: labmill kernel install --sys-prefix\nExample: npx labmill kernel install --name my-project',
    )
    .action(async (options: PlaceOptions & KernelSpecOptions) => {
      const folder = installKernel(await dataFolder(options), options);
      console.log(`The kernel "${kernelSpec(options).display_name}" is installed in ${folder}`);
      if (/[\\/]_npx[\\/]/.test(kernelSpec().argv.join(' ')))
        console.error(
          "It lies in npx's cache, which npm may empty: `npm install labmill`, and install it again from there",
        );
    });

  addPlaceOptions(kernel.command('uninstall').description('remove what install has written'))
    .addHelpText('after', '\nExample: labmill kernel uninstall --user')
    .action(async (options: PlaceOptions & KernelSpecOptions) => {
      const place = await dataFolder(options);
      const folder = uninstallKernel(place, options);
      if (folder === undefined)
        throw new InvalidArgumentError(`${place}: the kernel is not installed there; see labmill kernel list`);
      console.log(`The kernel was removed from ${folder}`);
    });

  kernel
    .command('list')
    .description('list the places where the kernel is installed')
    .option('--json', 'machine-readable')
    .addHelpText('after', '\nExample: labmill kernel list --json')
    .action(async ({ json }: { readonly json?: boolean }) => {
      const kernels = installedKernels(dataFolders(thisMachine(), await activePrefix()));
      if (json === true) return console.log(JSON.stringify(kernels, null, 2));
      if (kernels.length === 0) return console.log('The kernel is not installed; labmill kernel install does it');
      for (const installed of kernels) console.log(describeKernel(installed));
    });
}

function describeKernel({ name, displayName, folder, argv, missing }: InstalledKernel): string {
  const state = missing.length === 0 ? argv[0] : `does not run: ${missing.join(' and ')} is gone; install it again`;
  return `${name}  ${displayName}\n  ${folder}\n  ${state}`;
}

function addPlaceOptions(command: Command): Command {
  return command
    .option('--name <name>', 'its name in notebooks, for one kernel per project (default: labmill)')
    .option('--user', "in the user's own Jupyter folder (the default)")
    .option('--sys-prefix', 'in the active Python environment')
    .option('--prefix <dir>', 'below a folder: DIR/share/jupyter/kernels');
}

async function dataFolder(options: PlaceOptions): Promise<string> {
  const given = [options.user, options.sysPrefix, options.prefix].filter((value) => value !== undefined);
  if (given.length > 1)
    throw new InvalidArgumentError('expected one of --user, --sys-prefix and --prefix, got several');
  if (options.prefix !== undefined) return prefixDataFolder(resolve(options.prefix), process.platform);
  if (options.sysPrefix === true) return prefixDataFolder(await sysPrefix(), process.platform);
  return userDataFolder(thisMachine());
}

/** The active Python environment is looked into as well, when there is one. */
async function activePrefix(): Promise<string[]> {
  try {
    return [await sysPrefix()];
  } catch {
    return [];
  }
}
