import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Table } from 'labmill/data';
import { git, isolateGit } from './git.ts';
import { withOptions } from './options.ts';
import { type DataVersion, passengerVersions } from './passengers.ts';
import { agePicture } from './picture.ts';
import { makeReport, removeReport, type Report, verdict, versionRows, writeReport } from './report.ts';
import {
  cloneRepository,
  type CommittedVersion,
  commitVersion,
  createRepository,
  pushAll,
  remoteFolders,
  startWebdav,
  type Webdav,
} from './repository.ts';
import { type Switch, switchThrough } from './switches.ts';

/**
 * Makes three versions of the Titanic passengers in a git and data repository, pushes them to a folder and to a WebDAV server,
 * and switches between them: in the repository, and in a clone for each remote. Exit code 1 when data were not those
 * of their version.
 */
await withOptions(async ({ out, keep }) => {
  isolateGit();
  removeReport(out);
  const versions = await passengerVersions();
  const scratch = mkdtempSync(join(tmpdir(), 'labmill-lab4-'));
  const root = keep ?? join(scratch, 'repository');
  mkdirSync(root, { recursive: true });
  const webdav = await startWebdav(root);
  let report: Report;
  try {
    report = await versionAndSwitch(root, scratch, versions, webdav);
  } finally {
    await webdav.close();
    rmSync(scratch, { recursive: true, force: true });
  }
  writeReport(out, report, agePicture(versions[0]!.passengers, versions[1]!.passengers).toSvg());
  console.log(Table.fromRecords(versionRows(report)));
  console.log(verdict(report));
  if (keep !== undefined) console.error(howToServe(keep, webdav));
  if (!report.passed) process.exitCode = 1;
});

async function versionAndSwitch(
  root: string,
  scratch: string,
  versions: readonly DataVersion[],
  webdav: Webdav,
): Promise<Report> {
  const data = await createRepository(root, webdav);
  const committed: CommittedVersion[] = [];
  for (const version of versions) committed.push(await commitVersion(data, version));
  const remotes = ['storage', 'webdav'];
  const pushes = [];
  for (const remote of remotes) pushes.push(await pushAll(data, remote));

  const checkout = () => data.checkout();
  const switches: Switch[] = await switchThrough({ place: 'the repository', data, bring: checkout }, committed);
  await git(root, 'checkout', '--quiet', 'main');
  await checkout();
  for (const remote of remotes) {
    const clone = await cloneRepository(root, join(scratch, remote), webdav);
    const place = `a clone that pulls from ${remote}`;
    switches.push(...(await switchThrough({ place, data: clone, bring: () => clone.pull([], { remote }) }, committed)));
  }
  return makeReport(committed, pushes, switches);
}

/** Returns the command that serves the kept repository's second remote again, to be pasted into a shell. */
function howToServe(root: string, { url, user }: Webdav): string {
  const password = `$(sed -n 's/ *password = //p' '${join(root, '.dvc', 'config.local')}')`;
  const server = `node '${join(import.meta.dirname, 'webdav-server.ts')}' --root '${join(root, remoteFolders.webdav)}'`;
  return [
    `The repository is in ${root}. Its remote webdav answers as long as this runs:`,
    `  WEBDAV_PASSWORD="${password}" ${server} --user ${user} --port ${new URL(url).port}`,
  ].join('\n');
}
