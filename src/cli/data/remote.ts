import type { Command } from 'commander';
import { InvalidArgumentError } from '../../base/errors.ts';
import type { ConfigLevel } from '../../versioning/repository/repository-config.ts';
import { CommandExit } from '../command-exit.ts';
import { type CommonFlags, onRepository } from './session.ts';

/** Flags that say which config file is meant. */
export interface LevelFlags extends CommonFlags {
  readonly system?: true;
  readonly global?: true;
  readonly project?: true;
  readonly local?: true;
}

/** Runs `labmill data remote add`. */
export async function addRemote(
  name: string,
  url: string,
  flags: LevelFlags & { readonly default?: true; readonly force?: true },
  command: Command,
): Promise<void> {
  await onRepository(command, flags, ({ repository, print }) => {
    const isDefault = flags.default === true;
    repository.remotes.add(name, url, { ...toLevel(flags), default: isDefault, force: flags.force === true });
    if (isDefault) print(`Setting '${name.toLowerCase()}' as a default remote.\n`);
  });
}

/** Runs `labmill data remote list`. */
export async function listRemotes(flags: LevelFlags, command: Command): Promise<void> {
  await onRepository(command, flags, ({ repository, print }) => {
    const remotes = repository.remotes.list(toLevel(flags));
    print(remotes.map(({ name, url, isDefault }) => `${name}\t${url}${isDefault ? '\t(default)' : ''}\n`).join(''));
  });
}

/** Runs `labmill data remote default`: prints the default remote, or sets or unsets it. */
export async function defaultRemote(
  name: string | undefined,
  flags: LevelFlags & { readonly unset?: true },
  command: Command,
): Promise<void> {
  await onRepository(command, flags, ({ repository, print }) => {
    const { remotes } = repository;
    if (name !== undefined || flags.unset === true) {
      remotes.setDefault(flags.unset === true ? undefined : name, toLevel(flags));
      return;
    }
    print(`${remotes.default ?? 'No default remote set'}\n`);
    if (remotes.default === undefined) throw new CommandExit(1);
  });
}

/** Runs `labmill data remote modify`. */
export async function modifyRemote(
  name: string,
  option: string,
  value: string | undefined,
  flags: LevelFlags & { readonly unset?: true },
  command: Command,
): Promise<void> {
  if ((value === undefined) !== (flags.unset === true)) {
    throw new InvalidArgumentError('remote modify: expected either a value or --unset');
  }
  await onRepository(command, flags, ({ repository }) => {
    repository.remotes.modify(name, option, value, toLevel(flags));
  });
}

/** Runs `labmill data remote remove`. */
export async function removeRemote(name: string, flags: LevelFlags, command: Command): Promise<void> {
  await onRepository(command, flags, ({ repository }) => {
    repository.remotes.remove(name, toLevel(flags));
  });
}

/** Runs `labmill data remote rename`. */
export async function renameRemote(name: string, newName: string, flags: LevelFlags, command: Command): Promise<void> {
  await onRepository(command, flags, ({ repository }) => {
    repository.remotes.rename(name, newName, toLevel(flags));
  });
}

function toLevel(flags: LevelFlags): { readonly level?: ConfigLevel } {
  const levels = (['system', 'global', 'project', 'local'] as const).filter((level) => flags[level] === true);
  if (levels.length > 1) throw new InvalidArgumentError(`--${levels.join(', --')}: expected at most one of them`);
  const [level] = levels;
  return level === undefined ? {} : { level: level === 'project' ? 'repo' : level };
}
