import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { endpoint, readConnectionFile } from 'labmill/kernel';
import { describe, expect, onTestFinished, test } from 'vitest';

const valid = {
  transport: 'tcp',
  ip: '127.0.0.1',
  shell_port: 5001,
  iopub_port: 5002,
  stdin_port: 5003,
  control_port: 5004,
  hb_port: 5005,
  key: 'secret',
  signature_scheme: 'hmac-sha256',
} as const;

function aFile(text: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'labmill-test-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const path = join(folder, 'kernel.json');
  writeFileSync(path, text);
  return path;
}

describe('readConnectionFile', () => {
  test('returns what the file says, other fields included', () => {
    const content = { ...valid, kernel_name: 'labmill' };
    expect(readConnectionFile(aFile(JSON.stringify(content)))).toEqual(content);
  });

  test.each([
    ['broken JSON', '{', 'could not be read'],
    ['not an object', '1', 'expected transport "tcp" or "ipc"'],
    ['another transport', { transport: 'udp' }, 'expected transport "tcp" or "ipc"'],
    ['no ip', { ip: '' }, 'expected an ip'],
    ['no key', { key: undefined }, 'expected a key'],
    ['another signature', { signature_scheme: 'hmac-md5' }, 'expected signature_scheme "hmac-sha256"'],
    ['a missing port', { hb_port: undefined }, 'expected hb_port of 1 … 65535'],
    ['a port of 0', { shell_port: 0 }, 'expected shell_port of 1 … 65535'],
    ['a port that is too high', { iopub_port: 65_536 }, 'expected iopub_port of 1 … 65535'],
    ['a port as text', { control_port: '5004' }, 'expected control_port of 1 … 65535'],
  ])('refuses a file with %s', (_what, fault, message) => {
    const path = aFile(typeof fault === 'string' ? fault : JSON.stringify({ ...valid, ...fault }));
    expect(() => readConnectionFile(path)).toThrow(
      expect.objectContaining({ code: 'ERR_KERNEL_START', message: expect.stringContaining(message) }),
    );
  });

  test('names a file that is not there', () => {
    expect(() => readConnectionFile('/nowhere/kernel.json')).toThrow(
      expect.objectContaining({ code: 'ERR_KERNEL_START', message: expect.stringContaining('/nowhere/kernel.json') }),
    );
  });
});

describe('endpoint', () => {
  test.each([
    ['tcp', '127.0.0.1', 'tcp://127.0.0.1:5001'],
    ['ipc', '/run/k', 'ipc:///run/k-5001'],
  ] as const)('is written as ZeroMQ wants it for %s', (transport, ip, address) => {
    expect(endpoint({ ...valid, transport, ip }, 5001)).toBe(address);
  });
});
