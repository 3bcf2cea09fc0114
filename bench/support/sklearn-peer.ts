import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

/** What scikit-learn answers: the milliseconds of one `fit` and what it learned. */
export interface PeerAnswer {
  readonly ms: number;
  readonly weights: readonly number[];
  readonly loss?: number;
}

/** A Python process with scikit-learn that fits when it is told to. */
export interface SklearnPeer extends Disposable {
  readonly version: string;
  ask(task: 'linear' | 'logistic'): Promise<PeerAnswer>;
}

/** The Python with scikit-learn: of `LABMILL_PYTHON`, or that of `.venv`; undefined when neither is there. */
export function peerPython(): string | undefined {
  const { LABMILL_PYTHON } = process.env;
  if (LABMILL_PYTHON !== undefined) return LABMILL_PYTHON;
  const local = fileURLToPath(new URL('../../.venv/bin/python', import.meta.url));
  return existsSync(local) ? local : undefined;
}

/** Starts the peer on a file with X, row by row, and y. Throws when Python ends before it answers. */
export async function startSklearnPeer(python: string, file: string, shape: readonly number[]): Promise<SklearnPeer> {
  const script = fileURLToPath(new URL('sklearn-peer.py', import.meta.url));
  // -P: the script's folder is no place to import from.
  const child = spawn(python, ['-P', script, file, ...shape.map(String)], { stdio: ['pipe', 'pipe', 'inherit'] });
  child.on('error', (error) => console.error(`${python}: ${error.message}`));
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const answer = async <T>(): Promise<T> => {
    const { value, done } = await lines.next();
    if (done === true) throw new Error(`${python}: expected an answer of sklearn-peer.py, but it ended`);
    return JSON.parse(value) as T;
  };
  const { version } = await answer<{ version: string }>();
  return {
    version,
    ask: async (task) => {
      child.stdin.write(`${task}\n`);
      return answer<PeerAnswer>();
    },
    [Symbol.dispose]: () => child.stdin.end(),
  };
}
