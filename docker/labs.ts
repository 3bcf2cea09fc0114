import { accessSync, constants, cpSync, mkdtempSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { InvalidArgumentError } from 'labmill';

/** The folder that a user mounts for the report. */
const reports = '/reports';

/**
 * Copies the labs to a project of their own in the temporary folder, where they may write beside their notebooks, makes
 * it the working directory, and returns the command line that runs them.
 *
 * @throws InvalidArgumentError before anything runs, when the report could not be written
 */
export function labsCommandLine(): string[] {
  requireReports();
  const root = join(import.meta.dirname, '..');
  const project = mkdtempSync(join(tmpdir(), 'labs-'));
  cpSync(join(root, 'labs'), project, { recursive: true });
  const labs = readdirSync(project).sort();
  writeFileSync(join(project, 'package.json'), '{ "private": true, "type": "module" }\n');
  symlinkSync(join(root, 'node_modules'), join(project, 'node_modules'));
  process.chdir(project);
  return ['run', ...labs, '--output', reports];
}

function requireReports(): void {
  try {
    accessSync(reports, constants.W_OK);
  } catch (cause) {
    throw new InvalidArgumentError(
      `labs: expected a folder mounted at ${reports} that user ${process.getuid?.()} may write to: ` +
        'docker run --rm --user "$(id -u):$(id -g)" -v "$PWD/reports:/reports" IMAGE labs',
      { cause },
    );
  }
}
