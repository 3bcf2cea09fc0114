import { execa } from 'execa';
import { type Call, everyCall } from './dry-run.ts';

/** A `sh` step of a pipeline: one for each cell of a matrix. */
export interface ShellStep {
  readonly stage: string;
  readonly script: string;
  /** The axes of the matrix around it, and this cell's values. */
  readonly env: Readonly<Record<string, string>>;
}

/** How a step went. */
export interface Outcome {
  readonly exitCode: number | undefined;
  /** What it wrote, to stdout and to stderr. */
  readonly text: string;
}

/** Returns the `sh` steps in a part of a pipeline, in order. */
export function shellSteps(call: Call, stage = '', env: ShellStep['env'] = {}): ShellStep[] {
  if (call.name === 'sh') return [{ stage, script: String(call.args['script']), env }];
  const here = call.name === 'stage' ? String(call.args['name']) : stage;
  const cells = call.name === 'matrix' ? matrixCells(call) : [{}];
  return cells.flatMap((cell) => (call.body ?? []).flatMap((child) => shellSteps(child, here, { ...env, ...cell })));
}

function matrixCells(matrix: Call): ShellStep['env'][] {
  const axes = everyCall(matrix).filter(({ name }) => name === 'axis');
  return axes.reduce<ShellStep['env'][]>(
    (cells, { body = [] }) => {
      const name = String(body.find((each) => each.name === 'name')?.args['name']);
      const values = body.find((each) => each.name === 'values')?.args['values'] as readonly string[];
      return cells.flatMap((cell) => values.map((value) => ({ ...cell, [name]: value })));
    },
    [{}],
  );
}

/** Returns the patterns of what a part of a pipeline keeps: JUnit reports, artifacts, pages. */
export function keptPatterns(call: Call): string[] {
  return everyCall(call).flatMap(({ name, args }) => {
    if (name === 'junit') return patterns(args['testResults']);
    if (name === 'archiveArtifacts') return patterns(args['artifacts']);
    if (name === 'publishHTML')
      return patterns(args['reportFiles']).map((file) => `${String(args['reportDir'])}/${file}`);
    return [];
  });
}

function patterns(list: unknown): string[] {
  return String(list).split(/,\s*/);
}

/** Runs a step as Jenkins does, in an environment without what the test runner around it has added. */
export async function runStep(folder: string, { script, env }: ShellStep): Promise<Outcome> {
  const inherited = Object.entries(process.env).filter(
    ([name]) => !/^(?:VITEST|NODE_ENV|NODE_OPTIONS|npm_|INIT_CWD)/.test(name),
  );
  const { exitCode, all } = await execa('sh', ['-xec', script], {
    cwd: folder,
    env: { ...Object.fromEntries(inherited), ...env },
    extendEnv: false,
    stdin: 'ignore',
    all: true,
    reject: false,
  });
  return { exitCode, text: all };
}
