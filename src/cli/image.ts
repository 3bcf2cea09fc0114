import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Command, Option } from 'commander';
import { InvalidArgumentError } from '../base/errors.ts';
import { buildImage, type Engine, engines, findEngine, pushImage } from './image/engine.ts';
import { imageName, imageTag, registryPrefix } from './image/reference.ts';
import { readRevision, type Revision } from './image/revision.ts';

interface NameFlags {
  readonly name?: string;
}

interface EngineFlags extends NameFlags {
  readonly engine?: Engine;
}

interface PushFlags extends EngineFlags {
  readonly registry: string;
}

/** Adds `labmill image tag|build|push`. */
export function addImageCommand(program: Command): void {
  const image = program
    .command('image')
    .description('name, build and push a container image whose tag says which commit it holds');

  subcommand(image, 'tag', 'print NAME:BRANCH-SHA; -dirty is added when files differ from the commit')
    .addHelpText('after', '\nExample: labmill image tag --name prices')
    .action(async (folder: string, flags: NameFlags, command: Command) => {
      print(command, (await readReference(folder, flags)).reference);
    });

  withEngine(subcommand(image, 'build', 'build the Dockerfile of the folder, and print what the image is called'))
    .addHelpText('after', '\nExample: labmill image build --engine podman')
    .action(async (folder: string, flags: EngineFlags, command: Command) => {
      const { reference, revision } = await readReference(folder, flags);
      await buildImage(await findEngine(candidates(flags)), folder, reference, revision.sha);
      print(command, reference);
    });

  withEngine(
    subcommand(image, 'push', 'push the image of this commit to a registry, and print what it is called there'),
  )
    .requiredOption('--registry <host/path>', 'where the image goes; log in with the engine (docker login HOST) before')
    .addHelpText('after', '\nExample: labmill image push --registry registry.example.org/team')
    .action(async (folder: string, flags: PushFlags, command: Command) => {
      const prefix = registryPrefix(flags.registry);
      const { reference } = await readReference(folder, flags);
      await pushImage(await findEngine(candidates(flags)), reference, `${prefix}/${reference}`);
      print(command, `${prefix}/${reference}`);
    });
}

function subcommand(image: Command, name: string, description: string): Command {
  return image
    .command(name)
    .description(description)
    .argument('[folder]', 'the folder with the Dockerfile, in a git repository', '.')
    .option('--name <name>', "the image's name (default: the name in the folder's package.json)");
}

function withEngine(command: Command): Command {
  return command.addOption(
    new Option('--engine <engine>', 'what does the work (default: the first of these that works)').choices(engines),
  );
}

function candidates({ engine }: EngineFlags): readonly Engine[] {
  return engine === undefined ? engines : [engine];
}

function print(command: Command, line: string): void {
  command.configureOutput().writeOut?.(`${line}\n`);
}

async function readReference(folder: string, { name }: NameFlags): Promise<{ reference: string; revision: Revision }> {
  const revision = await readRevision(folder);
  return { reference: `${imageName(name ?? packageName(folder))}:${imageTag(revision)}`, revision };
}

function packageName(folder: string): string {
  const path = join(folder, 'package.json');
  let manifest: { readonly name?: unknown } = {};
  try {
    manifest = JSON.parse(readFileSync(path, 'utf8')) as typeof manifest;
  } catch {
    // A file that cannot be read gives no name, either; --name helps against both.
  }
  if (typeof manifest.name === 'string') return manifest.name;
  throw new InvalidArgumentError(`${path}: expected a "name" there for the image, found none; give it with --name`);
}
