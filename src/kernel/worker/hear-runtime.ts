import { setImmediate, setTimeout as wait } from 'node:timers/promises';
import { Backlog } from '../backlog.ts';
import { type TakeText, TextRing } from '../text-ring.ts';
import type { FromRuntime, PostedByRuntime, SharedMemory } from '../thread-messages.ts';

/** How long text is collected behind the first that comes, in milliseconds: a flood becomes few large messages. */
const COLLECT_MS = 5;

/** How many bytes of text are handed on before other work has its turn: an interrupt must not wait behind a flood. */
const TURN_BYTES = 262_144;

/** What hearing the runtime thread needs of the kernel around it. */
export interface HearingParts {
  readonly port: { on(event: 'message', listener: (posted: PostedByRuntime) => void): unknown };
  readonly memory: Pick<SharedMemory, 'text' | 'backlog'>;
  /** Whether more is not to come now, as front ends have much to read yet or the cell is being interrupted. */
  readonly isHeldUp: () => boolean;
  readonly onMessage: (message: FromRuntime) => void;
}

/** Hands on what the runtime thread posts and what it prints, in order; text also when that thread does nothing else any more. */
export function hearRuntime({ port, memory, isHeldUp, onMessage }: HearingParts): void {
  const ring = new TextRing(memory.text);
  const backlog = new Backlog(memory.backlog);
  const take: TakeText = (cell, name, text) => onMessage({ type: 'stream', cell, name, text });
  let unsent = 0;

  const settle = async (): Promise<void> => {
    while (isHeldUp()) await wait(COLLECT_MS);
    backlog.remove(unsent);
    unsent = 0;
  };
  port.on('message', ({ message, printed, bytes }: PostedByRuntime) => {
    ring.read(take, printed);
    onMessage(message);
    if (bytes === 0) return;
    unsent += bytes;
    if (unsent === bytes) void settle();
  });
  const pump = async (): Promise<never> => {
    for (;;) {
      while (isHeldUp()) await wait(COLLECT_MS);
      const { written } = ring;
      if (ring.read(take, written, TURN_BYTES)) {
        await wait(COLLECT_MS);
        await ring.writtenBeyond(written);
      } else {
        await setImmediate();
      }
    }
  };
  void pump();
}
