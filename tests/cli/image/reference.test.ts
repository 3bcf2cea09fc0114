import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { imageName, imageTag, registryPrefix } from '../../../src/cli/image/reference.ts';

const sha = '0123456789abcdef0123456789abcdef01234567';
const cut = '0123456789ab';

describe('imageTag', () => {
  test.each([
    ['a branch', { branch: 'main' }, `main-${cut}`],
    ['a changed tree', { branch: 'main', isDirty: true }, `main-${cut}-dirty`],
    ['no branch', {}, cut],
    ['no branch and a changed tree', { isDirty: true }, `${cut}-dirty`],
    ['a slash', { branch: 'feature/new-gate' }, `feature-new-gate-${cut}`],
    ['signs in a row', { branch: 'fix: #12 (gate)' }, `fix-12-gate-${cut}`],
    ['upper case, dots and underscores', { branch: 'Release_1.2' }, `Release_1.2-${cut}`],
    ['a dot or a hyphen in front', { branch: '.-wip' }, `wip-${cut}`],
    ['other letters among legal ones', { branch: 'größe' }, `gr-e-${cut}`],
    ['no legal character', { branch: 'ветка' }, cut],
    ['a long branch', { branch: 'b'.repeat(200), isDirty: true }, `${'b'.repeat(109)}-${cut}-dirty`],
    ['a branch cut at a hyphen', { branch: `${'b'.repeat(114)}-c` }, `${'b'.repeat(114)}-${cut}`],
  ])('of %s', (_what, { branch, isDirty = false }: { branch?: string; isDirty?: boolean }, tag) => {
    expect(imageTag({ branch, sha, isDirty })).toBe(tag);
  });

  // The grammar: github.com/distribution/reference, regexp.go.
  test('is a tag of the reference grammar for any branch', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 300 }), fc.boolean(), (branch, isDirty) => {
        expect(imageTag({ branch, sha, isDirty })).toMatch(/^[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}$/);
      }),
    );
  });
});

describe('imageName', () => {
  test.each([
    ['labmill', 'labmill'],
    ['@acme/Price Model', 'acme/price-model'],
    ['a__b.c---d', 'a__b.c---d'],
    ['a.-b', 'a-b'],
    ['_private_', 'private'],
    ['team//model/', 'team/model'],
  ])('of %j is %j', (name, legal) => {
    expect(imageName(name)).toBe(legal);
  });

  test('refuses a name of which nothing remains', () => {
    expect(() => imageName('модель')).toThrow(
      expect.objectContaining({ code: 'ERR_INVALID_ARGUMENT', message: expect.stringContaining('got "модель"') }),
    );
  });
});

describe('registryPrefix', () => {
  test.each([
    ['registry.example.org/team', 'registry.example.org/team'],
    ['localhost:5000/', 'localhost:5000'],
    ['ghcr.io/acme/models', 'ghcr.io/acme/models'],
  ])('of %j is %j', (registry, prefix) => {
    expect(registryPrefix(registry)).toBe(prefix);
  });

  test.each(['https://registry.example.org', 'registry.example.org/Team', 'a host/team', ''])(
    'refuses %j',
    (registry) => {
      expect(() => registryPrefix(registry)).toThrow(
        '--registry: expected host/path, as in registry.example.org/team, got',
      );
    },
  );

  test('refuses credentials and does not repeat them', () => {
    expect(() => registryPrefix('ann:secret@registry.example.org/team')).toThrow(
      /^--registry: expected host\/path without a user or a password; (?!.*secret)/,
    );
  });
});
