import type { JupyterMessage } from 'labmill/kernel';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { startIpykernel } from '../support/ipykernel.ts';
import { TestClient } from '../support/kernel-client.ts';

/** What cells do, in both languages. */
const CODE = {
  value: { python: '1 + 1', typescript: '1 + 1' },
  print: { python: 'print("text")', typescript: 'console.log("text")' },
  failure: { python: '1 / 0', typescript: 'throw new Error("bad")' },
  'late failure': {
    python: 'import time; print("begun", flush=True); time.sleep(0.2); 1 / 0',
    typescript:
      'console.log("begun"); await new Promise((resolve) => setTimeout(resolve, 200)); throw new Error("bad")',
  },
  'late value': {
    python: 'import time; time.sleep(0.2); 1',
    typescript: 'await new Promise((resolve) => setTimeout(resolve, 200)); 1',
  },
  'syntax error': { python: '1 +* 2', typescript: '1 +* 2' },
  nothing: { python: '', typescript: '' },
  blanks: { python: ' \n ', typescript: ' \n ' },
  comment: { python: '# comment', typescript: '// comment' },
  endless: {
    python: 'import time\nprint("begun", flush=True)\nwhile True: time.sleep(0.1)',
    typescript: 'console.log("begun"); await new Promise(() => {})',
  },
  'wait for the other shell': {
    python: 'import time\nreleased = False\nprint("begun", flush=True)\nwhile not released: time.sleep(0.01)',
    typescript: 'let release; console.log("begun"); await new Promise((resolve) => { release = resolve })',
  },
  release: { python: 'released = True', typescript: 'release()' },
} as const;

/** A cell to send; it is sent right behind the one before, unless it is to wait for something. */
interface Step {
  readonly code: keyof typeof CODE;
  readonly options?: Readonly<Record<string, unknown>>;
  readonly isInSubshell?: boolean;
  /** Until the first cell has printed something, or all cells before are idle. */
  readonly after?: 'print' | 'idle';
  /** Interrupts when the first cell has printed something. */
  readonly isInterrupted?: boolean;
}

/** What a reply says, without its texts. */
interface Reply {
  readonly status: unknown;
  readonly count: readonly string[];
  readonly fields: readonly string[];
  readonly expressions: readonly unknown[];
}

/** What a kernel has made of a scenario. */
interface Transcript {
  /** On iopub, in order: the number of the request, and what came. */
  readonly published: readonly string[];
  /** The reply to each request. */
  readonly replies: readonly Reply[];
}

const python = inject('python');

describe.skipIf(python === null)('an execute_request is treated as ipykernel treats it', () => {
  const kernels: Partial<Record<'python' | 'typescript', TestClient>> = {};

  beforeAll(async () => {
    kernels.python = await TestClient.connect(startIpykernel(python!));
    kernels.typescript = await TestClient.start();
  });

  afterAll(async () => {
    await kernels.python?.close();
    await kernels.typescript?.close();
  });

  const transcripts = async (steps: readonly Step[]): Promise<Record<'python' | 'typescript', Transcript>> => ({
    python: await play(kernels.python!, 'python', steps),
    typescript: await play(kernels.typescript!, 'typescript', steps),
  });

  const expressions = { sum: '1 + 1', unknown: 'nowhere', broken: '(' };

  test.each<readonly [string, readonly Step[]]>([
    ['that succeeds', [{ code: 'value' }]],
    ['that prints', [{ code: 'print' }]],
    ['that fails', [{ code: 'failure' }]],
    ['that does not compile', [{ code: 'syntax error' }]],
    ['that is a comment', [{ code: 'comment' }]],
    ['queued behind an error', [{ code: 'late failure' }, { code: 'value' }, { code: 'value' }]],
    ['queued behind a syntax error', [{ code: 'late value' }, { code: 'syntax error' }, { code: 'value' }]],
    [
      'queued behind an error, though it asks not to stop on errors itself',
      [{ code: 'late failure' }, { code: 'value', options: { stop_on_error: false } }],
    ],
    [
      'queued behind an error, though it is silent',
      [{ code: 'late failure' }, { code: 'value', options: { silent: true } }],
    ],
    ['sent when the error was told', [{ code: 'failure' }, { code: 'value', after: 'idle' }]],
    [
      'queued behind an error that does not stop',
      [{ code: 'late failure', options: { stop_on_error: false } }, { code: 'value' }],
    ],
    ['that is silent', [{ code: 'value', options: { silent: true } }, { code: 'value' }]],
    [
      'that is silent and to be stored',
      [{ code: 'value', options: { silent: true, store_history: true } }, { code: 'value' }],
    ],
    ['with user expressions', [{ code: 'value', options: { user_expressions: expressions } }]],
    [
      'that is silent, with user expressions',
      [{ code: 'value', options: { silent: true, user_expressions: expressions } }],
    ],
    ['that fails, with user expressions', [{ code: 'failure', options: { user_expressions: expressions } }]],
    [
      'that is interrupted, with a queue',
      [{ code: 'endless' }, { code: 'value' }, { code: 'value', isInterrupted: true }],
    ],
  ])('%s', async (_what, steps) => {
    const { python: theirs, typescript: ours } = await transcripts(steps);
    expect(ours).toEqual(theirs);
  });

  test.each<readonly [string, readonly Step[]]>([
    [
      'runs in a subshell while the main shell waits',
      [{ code: 'wait for the other shell' }, { code: 'release', isInSubshell: true, after: 'print' }],
    ],
    [
      'of the main shell runs while a subshell waits',
      [
        { code: 'wait for the other shell', isInSubshell: true },
        { code: 'release', after: 'print' },
      ],
    ],
    [
      'is not dropped for an error of another shell',
      [
        { code: 'late failure', isInSubshell: true },
        { code: 'value', isInSubshell: true, after: 'print' },
        { code: 'value' },
      ],
    ],
  ])('%s', async (_what, steps) => {
    const { python: theirs, typescript: ours } = await transcripts(steps);
    expect(byRequest(ours)).toEqual(byRequest(theirs));
  });

  describe('but for', () => {
    test('a silent cell, which is silent', async () => {
      const { python: theirs, typescript: ours } = await transcripts([
        { code: 'print', options: { silent: true } },
        { code: 'failure', options: { silent: true } },
      ]);
      expect(theirs.published).toEqual(['0 busy', '0 stream', '0 idle', '1 busy', '1 error', '1 idle']);
      expect(ours.published).toEqual(['0 busy', '0 idle', '1 busy', '1 idle']);
      expect(ours.replies).toEqual(theirs.replies);
    });

    test.each<readonly [string, Step]>([
      ['nothing', { code: 'nothing' }],
      ['blanks', { code: 'blanks' }],
      ['a cell that is not stored', { code: 'comment', options: { store_history: false } }],
    ])(
      'the number of %s, which does not count: ours has the one of the cell before throughout',
      async (_what, step) => {
        const { python: theirs, typescript: ours } = await transcripts([step, { code: 'comment' }]);
        expect(theirs.published.slice(0, 3)).toEqual(['0 busy', '0 execute_input +1', '0 idle']);
        expect(ours.published.slice(0, 3)).toEqual(['0 busy', '0 execute_input +0', '0 idle']);
        expect(ours.published.slice(3)).toEqual(theirs.published.slice(3));
        expect(ours.replies).toEqual(theirs.replies);
      },
    );

    test('the number in a reply, which ours keeps when a cell of another shell begins meanwhile', async () => {
      const { python: theirs, typescript: ours } = await transcripts([
        { code: 'wait for the other shell' },
        { code: 'release', isInSubshell: true, after: 'print' },
      ]);
      expect(theirs.replies).toMatchObject([{ count: ['+2'] }, { count: ['+2'] }]);
      expect(ours.replies).toMatchObject([{ count: ['+1'] }, { count: ['+2'] }]);
    });

    test('an interrupt, which ends the cells of subshells, too', async () => {
      const steps: readonly Step[] = [
        { code: 'wait for the other shell', isInSubshell: true },
        { code: 'endless', after: 'print', isInterrupted: true },
        { code: 'release', after: 'idle' },
      ];
      const ours = await play(kernels.typescript!, 'typescript', steps);
      expect(ours.replies).toMatchObject([{ status: 'error' }, { status: 'error' }, { status: 'ok' }]);
    });
  });
});

/** Sends the cells of a scenario and returns what a kernel has made of them when all have ended. */
async function play(
  client: TestClient,
  language: 'python' | 'typescript',
  steps: readonly Step[],
): Promise<Transcript> {
  const { reply } = await client.execute(CODE.comment[language]);
  const count = Number(reply['execution_count']);
  const subshell = steps.some(({ isInSubshell }) => isInSubshell) ? await client.createSubshell() : undefined;
  const requests: JupyterMessage[] = [];
  for (const { code, options, isInSubshell = false, after, isInterrupted = false } of steps) {
    if (after === 'print') await client.until(() => client.printedBy(requests[0]!) !== '');
    if (after === 'idle') await Promise.all(requests.map((request) => client.resultOf(request)));
    requests.push(await client.sendCell(CODE[code][language], options, isInSubshell ? subshell : undefined));
    if (!isInterrupted) continue;
    await client.until(() => client.printedBy(requests.at(-1)!) + client.printedBy(requests[0]!) !== '');
    await client.interrupt();
  }
  const results = await Promise.all(requests.map((request) => client.resultOf(request)));
  if (subshell !== undefined) await client.ask('delete_subshell_request', { subshell_id: subshell }, 'control');
  const lines = client.published
    .map(
      (message) =>
        [requests.findIndex(({ header }) => header.msg_id === message.parentHeader.msg_id), message] as const,
    )
    .filter(([index]) => index !== -1)
    .map(([index, message]) => `${index} ${lineOf(message, count)}`);
  // While a cell runs, our latest status is always its `busy`: it is said again when something else was idle.
  const published = lines.filter((line, index) => !line.endsWith('busy') || lines.indexOf(line) === index);
  return { published, replies: results.map(({ reply: content }) => replyOf(content, count)) };
}

function lineOf({ header, content }: JupyterMessage, before: number): string {
  if (header.msg_type === 'status') return String(content['execution_state']);
  return [header.msg_type, ...countOf(content, before)].join(' ');
}

/** `engine_info` in the replies of ipykernel is for an old version of ipyparallel: it is left out. */
function replyOf(content: Readonly<Record<string, unknown>>, before: number): Reply {
  const expressions = Object.entries((content['user_expressions'] ?? {}) as Record<string, Record<string, unknown>>);
  return {
    status: content['status'],
    count: countOf(content, before),
    fields: Object.keys(content)
      .filter((key) => key !== 'engine_info')
      .toSorted(),
    expressions: expressions.map(([key, value]) => [key, value['status'], Object.keys(value).toSorted()]),
  };
}

function countOf(content: Readonly<Record<string, unknown>>, before: number): string[] {
  return 'execution_count' in content ? [`+${Number(content['execution_count']) - before}`] : [];
}

/** What different shells publish comes in any order. */
function byRequest({ published, replies }: Transcript): unknown {
  return {
    published: published.toSorted((a, b) => Number.parseInt(a) - Number.parseInt(b)),
    replies: replies.map((reply) => ({ ...reply, count: 'compared below' })),
  };
}
