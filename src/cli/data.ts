import { type Command, Option } from 'commander';

/** Adds `labmill data` and its commands, with the words and options of `dvc`. */
export function addDataCommand(program: Command): void {
  const data = program
    .command('data')
    .description('version data beside git, in the files and on the remotes of DVC')
    .option('--cd <path>', 'work from this folder');

  common(data.command('init'), 'make a data repository in the top folder of a git repository')
    .argument('[directory]', 'the folder (default: the working folder)')
    .option('--no-scm', 'do without git')
    .option('-f, --force', 'replace a repository that is there, and its cache')
    .option('--subdir', 'the folder is below the top of the git repository')
    .addHelpText('after', example('init'))
    .action(runs(async () => (await import('./data/track.ts')).init));
  common(data.command('add'), 'begin to track files and folders, or take their changes')
    .argument('<targets...>', 'files and folders')
    .option('--no-commit', 'note the hashes only; a later "commit" puts the content into the cache')
    .option('--glob', 'take targets as patterns, as data/*.csv')
    .addHelpText('after', example('add data/raw model.json'))
    .action(runs(async () => (await import('./data/track.ts')).add));
  common(data.command('commit'), 'take changes of tracked files and folders into the cache')
    .argument('[targets...]', targetsHelp)
    .option('-f, --force', 'take what has changed without asking')
    .addHelpText('after', example('commit --force data/raw'))
    .action(runs(async () => (await import('./data/track.ts')).commit));
  addStatusCommands(data);
  addTransferCommands(data);
  common(data.command('remove'), 'stop tracking what .dvc files describe; the data stays')
    .argument('<targets...>', '.dvc files')
    .option('--outs', 'remove the data, too')
    .addHelpText('after', example('remove data/raw.dvc'))
    .action(runs(async () => (await import('./data/track.ts')).remove));
  addRemoteCommands(data);
}

const targetsHelp = 'tracked files and folders, parts of them, or .dvc files (default: all)';

function addStatusCommands(data: Command): void {
  withRemote(common(data.command('status'), 'show what has changed, or what cache and remote do not both have'))
    .argument('[targets...]', targetsHelp)
    .option('-c, --cloud', 'compare the cache with the remote')
    .option('--granular', 'compare git, .dvc files and workspace, down to the files of folders (dvc data status)')
    .option('--unchanged', 'that comparison, with what has not changed')
    .addOption(
      new Option('--untracked-files [which]', 'that comparison, with what is not tracked').choices(['no', 'all']),
    )
    .option('--not-in-remote', 'that comparison, with what the remote lacks')
    .option('--json', 'print the result as JSON')
    .addHelpText(
      'after',
      `${example('status --granular --json')}\nWith --quiet the exit code is 1 when something has changed.`,
    )
    .action(runs(async () => (await import('./data/status.ts')).status));
  common(data.command('diff'), 'show what was added, changed and deleted between commits, or since one')
    .argument('[a_rev]', 'the old commit (default: HEAD)')
    .argument('[b_rev]', 'the new commit (default: the workspace)')
    .option('--targets <paths...>', 'compare these only')
    .option('--json', 'print the result as JSON')
    .option('--show-hash', 'show the hashes')
    .option('--md', 'show a Markdown table')
    .option('--hide-missing', 'leave out what the cache does not have')
    .addHelpText('after', example('diff v1 v2 --show-hash'))
    .action(runs(async () => (await import('./data/diff.ts')).diff));
  common(data.command('checkout'), 'make the workspace what the .dvc files say')
    .argument('[targets...]', targetsHelp)
    .option('--summary', 'show the number of changes only')
    .option('-f, --force', 'overwrite and remove files that are in no cache')
    .option('--relink', 'make all files anew, as after a change of cache.type')
    .option('--allow-missing', 'be content with what the cache has')
    .option('--json', 'print the result as JSON')
    .addHelpText('after', `\nExample:\n  git checkout v1 && labmill data checkout`)
    .action(runs(async () => (await import('./data/checkout.ts')).checkout));
  common(data.command('list'), 'list files, those in git and those tracked')
    .argument('<url>', 'a folder in the repository, as a dot')
    .argument('[path]', 'what to list in it')
    .option('-R, --recursive', 'list files at any depth')
    .option('--dvc-only', 'leave out what is only in git')
    .option('--json', 'print the result as JSON')
    .option('--rev <commit>', 'list a git revision instead of the workspace')
    .option('--size', 'show sizes')
    .option('--show-hash', 'show hashes')
    .addHelpText('after', example('list . data --recursive --size'))
    .action(runs(async () => (await import('./data/list.ts')).list));
}

function addTransferCommands(data: Command): void {
  withRemote(common(data.command('push'), 'bring what is tracked to the remote'))
    .argument('[targets...]', targetsHelp)
    .option('--glob', 'take targets as patterns, as data/*.dvc')
    .addHelpText('after', example('push --remote backup --jobs 8'))
    .action(runs(async () => (await import('./data/transfer.ts')).push));
  withRemote(common(data.command('fetch'), 'bring what is tracked from the remote into the cache'))
    .argument('[targets...]', targetsHelp)
    .addHelpText('after', example('fetch --all-tags'))
    .action(runs(async () => (await import('./data/transfer.ts')).fetch));
  withRemote(common(data.command('pull'), 'fetch, then check out'))
    .argument('[targets...]', targetsHelp)
    .option('-f, --force', 'overwrite and remove files that are in no cache')
    .option('--allow-missing', 'be content with what cache and remote have')
    .addHelpText('after', example('pull data/raw'))
    .action(runs(async () => (await import('./data/transfer.ts')).pull));
}

function addRemoteCommands(data: Command): void {
  const remote = data.command('remote').description('set up where data is pushed to and pulled from');
  const named = (name: string, description: string): Command => withLevel(common(remote.command(name), description));
  named('add', 'add a remote: a folder, or webdav://HOST/PATH, webdavs://HOST/PATH')
    .argument('<name>')
    .argument('<url>')
    .option('-d, --default', 'make it the default one')
    .option('-f, --force', 'replace one of the same name')
    .addHelpText('after', example('remote add --default backup /mnt/backup/titanic'))
    .action(runs(async () => (await import('./data/remote.ts')).addRemote));
  named('list', 'list the remotes')
    .addHelpText('after', example('remote list'))
    .action(runs(async () => (await import('./data/remote.ts')).listRemotes));
  named('default', 'show, set or unset the default remote')
    .argument('[name]')
    .option('-u, --unset', 'have no default remote')
    .addHelpText('after', example('remote default backup'))
    .action(runs(async () => (await import('./data/remote.ts')).defaultRemote));
  named('modify', 'set or unset an option of a remote')
    .argument('<name>')
    .argument('<option>', 'such as url, jobs, user, password')
    .argument('[value]')
    .option('-u, --unset', 'remove the option')
    .addHelpText('after', example('remote modify --local cloud password SECRET'))
    .action(runs(async () => (await import('./data/remote.ts')).modifyRemote));
  named('remove', 'remove a remote; what it stores stays there')
    .argument('<name>')
    .addHelpText('after', example('remote remove backup'))
    .action(runs(async () => (await import('./data/remote.ts')).removeRemote));
  named('rename', 'give a remote another name')
    .argument('<name>')
    .argument('<new>')
    .addHelpText('after', example('remote rename backup archive'))
    .action(runs(async () => (await import('./data/remote.ts')).renameRemote));
}

function common(command: Command, description: string): Command {
  return command.description(description).option('-q, --quiet', 'print nothing but errors');
}

function withRemote(command: Command): Command {
  return command
    .option('-r, --remote <name>', 'the remote (default: the default one)')
    .option('-j, --jobs <number>', 'the most transfers at the same time')
    .option('-a, --all-branches', 'also what the tips of all branches track')
    .option('-T, --all-tags', 'also what all tags track')
    .option('-A, --all-commits', 'also what all commits track');
}

function withLevel(command: Command): Command {
  return command
    .option('--global', 'in the config of the user')
    .option('--system', 'in the config of the machine')
    .option('--project', 'in .dvc/config, which git tracks (default)')
    .option('--local', 'in .dvc/config.local, which git does not see');
}

function example(args: string): string {
  return `\nExample:\n  labmill data ${args}`;
}

/** Returns an action whose module is loaded when it runs; `labmill --help` loads none. */
function runs(load: () => Promise<(...args: never[]) => Promise<void>>): (...args: unknown[]) => Promise<void> {
  return async (...args) => (await load())(...(args as never[]));
}
