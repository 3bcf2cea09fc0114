import type { Position } from './edits.ts';

/** A cell or a module that is no program: what is wrong, and where. */
export class CellSyntaxError extends Error {
  override readonly name: string = 'SyntaxError';
  readonly position: Position;
  /** Whether more text could make the cell complete. */
  readonly isIncomplete: boolean;

  constructor(message: string, position: Position, isIncomplete = false) {
    super(message);
    this.position = position;
    this.isIncomplete = isIncomplete;
  }
}
