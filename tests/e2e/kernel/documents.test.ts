import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { expect, onTestFinished, test } from 'vitest';
import { readText } from '../../house/repository.ts';
import { TestClient } from '../../support/kernel-client.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

/** Returns the examples of a page, in order. */
function examplesOf(page: string): string[] {
  return [...readText(page).matchAll(/^```tsx?\n(.*?)^```$/gms)].map(([, code]) => code!);
}

/** Starts a kernel in a folder that has what the examples import. */
async function aClient(): Promise<TestClient> {
  const folder = temporaryFolder();
  writeFileSync(join(folder, 'clean.ts'), 'export const clean = (text: string) => text.trim();');
  mkdirSync(join(folder, 'node_modules'));
  symlinkSync(process.cwd(), join(folder, 'node_modules/labmill'), 'junction');
  const client = await TestClient.start(folder);
  onTestFinished(() => client.close());
  return client;
}

/** Runs an example, answers whatever it asks, and returns what fails, as the notebook shows it. */
async function failureOf(client: TestClient, code: string): Promise<string[]> {
  const cell = await client.sendCell(code, { allow_stdin: true });
  for (let asked = client.questions.length; ; asked++) {
    const question = await client.until(() => client.questions[asked] ?? client.repliesTo(cell)[0]);
    if (question.header.msg_type !== 'input_request') break;
    await client.reply('y', question);
  }
  const { reply } = await client.resultOf(cell);
  return ((reply['traceback'] as string[] | undefined) ?? []).map(stripVTControlCharacters);
}

test.each(['docs/kernel.md', 'docs/magics.md', 'docs/display.md', 'docs/protocol.md'])(
  'the examples of %s run as they stand, one after another in a notebook',
  async (page) => {
    const client = await aClient();
    const failures: string[] = [];
    for (const code of examplesOf(page)) failures.push(...(await failureOf(client, code)));
    expect(failures).toEqual([]);
  },
);
