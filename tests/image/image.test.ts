import { describe, expect, test } from 'vitest';
import { image, podman, runImage } from './container.ts';

/** What the tests look at in `podman image inspect`. */
interface ImageRecord {
  readonly Config: {
    readonly User: string;
    readonly ExposedPorts: object;
    readonly Labels: Readonly<Record<string, string>>;
  };
  readonly Healthcheck: { readonly Test: readonly string[] };
}

describe.skipIf(image === null)('the image', () => {
  const list = async (...paths: readonly string[]) =>
    (await runImage(['--entrypoint=ls'], '-A', ...paths)).stdout.split('\n');

  test('says what it is, who runs it, how it is checked, and from which commit it comes, as its tag does', async () => {
    const { stdout } = await podman('image', 'inspect', image!);
    const [{ Config, Healthcheck }] = JSON.parse(stdout) as [ImageRecord];
    expect(Config).toMatchObject({
      User: '1000',
      ExposedPorts: { '8080/tcp': {} },
      Labels: {
        'org.opencontainers.image.title': 'labmill',
        'org.opencontainers.image.description': expect.stringMatching(/./),
        'org.opencontainers.image.licenses': 'MIT',
        'org.opencontainers.image.revision': expect.stringMatching(/^[0-9a-f]{40}$/),
      },
    });
    expect(Healthcheck.Test).toEqual(['CMD', 'node', '-e', expect.stringContaining('/health/ready')]);
    expect(image).toContain(`-${Config.Labels['org.opencontainers.image.revision']!.slice(0, 12)}`);
  });

  test('holds what the Dockerfile names, and nothing that a lab has written', async () => {
    expect(await list('/app')).toEqual(
      ['LICENSE', 'datasets', 'dist', 'docker', 'labs', 'models', 'node_modules', 'package.json'].sort(),
    );
    expect(await list('/app/labs')).toEqual(['lab1', 'lab2', 'lab3', 'lab4', 'lab5']);
    expect(await list('/app/labs/lab1', '/app/labs/lab5')).not.toContain('out');
  });

  test('has Vitest for lab 5, but no compiler and no other tool of the developers', async () => {
    const packages = await list('/app/node_modules');
    expect(packages).toEqual(expect.arrayContaining(['fastify', 'labmill', 'vitest']));
    expect(packages).not.toContain('typescript');
    expect(packages).not.toContain('prettier');
    expect(packages).not.toContain('playwright-core');
    expect(await list('/root', '/home/node')).not.toContain('.npm');
  });

  test('runs as the user 1000 and passes command lines of labmill on', async () => {
    expect(await runImage(['--entrypoint=id'], '-u')).toMatchObject({ stdout: '1000' });
    expect(await runImage([], '--version')).toMatchObject({ exitCode: 0, stdout: expect.stringMatching(/^\d+\.\d+/) });
  });
});
