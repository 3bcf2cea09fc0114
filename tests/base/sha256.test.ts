import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { sha256, sha256File } from 'labmill';
import { expect, test } from 'vitest';
import { temporaryFolder } from '../support/temporary-folder.ts';

// The first three are the examples of FIPS 180-2, appendix B (B.1, B.2) and of NIST's empty message.
test.each([
  ['', 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855'],
  ['abc', 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad'],
  [
    'abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq',
    '248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1',
  ],
])('sha256 of %j is the published one', (message, expected) => {
  expect(sha256(message)).toBe(expected);
  expect(sha256(new TextEncoder().encode(message))).toBe(expected);
});

test('sha256File gives what sha256 gives for the bytes of the file', async () => {
  const path = join(temporaryFolder(), 'bytes');
  const bytes = Uint8Array.from({ length: 200_000 }, (_, i) => i % 251);
  writeFileSync(path, bytes);
  expect(await sha256File(path)).toBe(sha256(bytes));
});

test('sha256File rejects for a file that is not there', async () => {
  await expect(sha256File(join(temporaryFolder(), 'no-such-file'))).rejects.toThrow('ENOENT');
});
