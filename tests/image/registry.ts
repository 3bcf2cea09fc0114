import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, vi } from 'vitest';
import { refusingUrl } from '../support/http-server.ts';

/** A registry of container images. */
export interface Registry extends Disposable {
  readonly url: string;
  readonly host: string;
}

/** Starts Debian's registry on a free port, known to the engines as one without TLS. */
export async function startRegistry(): Promise<Registry> {
  const folder = mkdtempSync(join(tmpdir(), 'labmill-registry-'));
  const url = await refusingUrl();
  const { host } = new URL(url);
  const configuration = join(folder, 'registry.yml');
  writeFileSync(
    configuration,
    `version: 0.1\nstorage: { filesystem: { rootdirectory: ${folder} } }\nhttp: { addr: "${host}" }\n`,
  );
  const server = spawn('docker-registry', ['serve', configuration], { stdio: 'ignore' });
  const registries = join(folder, 'registries.conf');
  writeFileSync(registries, `[[registry]]\nlocation = "${host}"\ninsecure = true\n`);
  vi.stubEnv('CONTAINERS_REGISTRIES_CONF', registries);
  const stop = (): void => {
    server.kill();
    vi.unstubAllEnvs();
    rmSync(folder, { recursive: true, force: true });
  };
  await vi.waitFor(async () => expect((await fetch(`${url}/v2/`)).ok).toBe(true), { timeout: 20_000, interval: 50 });
  return { url, host, [Symbol.dispose]: stop };
}
