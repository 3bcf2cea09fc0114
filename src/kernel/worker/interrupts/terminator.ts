import type { Session } from 'node:inspector';
import { question, terminateUnshielded, withdrawQuestion } from '../../shield.ts';

/** How long the runtime thread has to say whether it may be terminated, in milliseconds: the protocol thread stands still. */
const ANSWER_TIMEOUT_MS = 5;

/** What came of an attempt; `silent`: the runtime thread is in a system call, where V8 does not reach it. */
export type Attempt = 'terminated' | 'spared' | 'silent';

/** Terminates what the runtime thread runs, through V8's inspector; for the time of one interrupt, then it is closed. */
export interface Terminator {
  /** Terminates user code, and nothing else; if it is urgent, also such work of the kernel as bears it. */
  attempt(isUrgent: boolean): Attempt;
  /** Terminates whatever runs; resolves when it has. */
  force(): Promise<void>;
  close(): void;
}

/**
 * Connects to the runtime thread's inspector. It is to be closed again: an open one delays the process's exit.
 *
 * @param shield see `shieldMemory`
 */
export async function openTerminator(shield: Int32Array): Promise<Terminator> {
  const { Session } = await import('node:inspector');
  const session: Session = new Session();
  session.connectToMainThread();
  let isAsked = false;
  const ask = (isUrgent: boolean): void => {
    // A question that waits still serves the next attempt.
    if (isAsked) return;
    isAsked = true;
    session.post('Runtime.evaluate', { expression: question(isUrgent), silent: true }, () => (isAsked = false));
  };
  const force = (): Promise<void> =>
    new Promise((resolve) => session.post('Runtime.terminateExecution', () => resolve()));
  return {
    attempt: (isUrgent) =>
      terminateUnshielded(shield, {
        ask: () => ask(isUrgent),
        terminate: () => void force(),
        timeoutMs: ANSWER_TIMEOUT_MS,
      }),
    force,
    close: () => {
      withdrawQuestion(shield);
      session.disconnect();
    },
  };
}

/** Terminates whatever the runtime thread runs. */
export async function forceTermination(shield: Int32Array): Promise<void> {
  const terminator = await openTerminator(shield);
  await terminator.force();
  terminator.close();
}
