import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import { sha256 } from 'labmill';
import { DataRepository } from 'labmill/versioning';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import type { Report } from '../../lab4/report.ts';
import { type RunningWebdavServer, startWebdavServer } from '../../lab4/webdav-server.ts';
import { git } from '../support/data-repository.ts';
import { type Dvc, startDvc } from '../support/dvc.ts';
import { root } from '../support/jupyter.ts';

const python = inject('python');

describe.skipIf(python === null)('the real dvc, in a repository that lab 4 kept', () => {
  const scratch = mkdtempSync(join(tmpdir(), 'labmill-lab4-'));
  const kept = join(scratch, 'kept');
  let report: Report;
  let server: RunningWebdavServer;
  let dvc: Dvc;
  const account: Record<string, string> = {};
  const sha256Of = (folder: string) => sha256(readFileSync(join(folder, 'passengers.csv')));

  beforeAll(async () => {
    await execa(process.execPath, [join(root, 'lab4/data-versions.ts'), '--keep', kept, '--out', scratch]);
    report = JSON.parse(readFileSync(join(scratch, 'report.json'), 'utf8')) as Report;
    const { url, user, password } = DataRepository.open(kept).config.remote('webdav').settings;
    Object.assign(account, { user, password });
    const port = Number(new URL(url).port);
    server = await startWebdavServer({ root: join(kept, 'remotes/webdav'), port, ...account });
    dvc = startDvc(python!);
  });

  afterAll(async () => {
    await dvc.stop();
    await server.close();
    rmSync(scratch, { recursive: true, force: true });
  });

  test('has nothing to do', async () => {
    expect(await dvc.run(kept, 'status', '--json')).toMatchObject({ code: 0, out: '{}\n' });
    expect(JSON.parse((await dvc.run(kept, 'data', 'status', '--json')).out)).toEqual({});
    expect(await dvc.run(kept, 'status', '--cloud', '--all-tags', '--json')).toMatchObject({ code: 0, out: '{}\n' });
  });

  test('switches to each version with git checkout and dvc checkout', async () => {
    const found = [];
    for (const { tag } of report.versions) {
      git(kept, 'checkout', '--quiet', tag);
      expect(await dvc.run(kept, 'checkout')).toMatchObject({ code: 0 });
      found.push(sha256Of(kept));
    }
    expect(found).toEqual(report.versions.map((version) => version.sha256));
  });

  test.each(['storage', 'webdav'])('pulls each version from %s into a clone', async (remote) => {
    const clone = join(scratch, remote);
    git(scratch, 'clone', '--quiet', kept, clone);
    for (const [option, value] of Object.entries(account)) {
      await dvc.run(clone, 'remote', 'modify', '--local', 'webdav', option, value);
    }
    const found = [];
    for (const { tag } of report.versions) {
      git(clone, 'checkout', '--quiet', tag);
      expect(await dvc.run(clone, 'pull', '--remote', remote)).toMatchObject({ code: 0 });
      found.push(sha256Of(clone));
    }
    expect(found).toEqual(report.versions.map((version) => version.sha256));
  });
});
