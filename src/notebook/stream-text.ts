import type { StreamOutput } from './document.ts';
import { foldLine } from './fold-line.ts';

/** The text of one stream output while it grows: finished lines are folded once and kept, only the last one is open. */
export class StreamText {
  readonly name: string;
  readonly #finished: string[] = [];
  #open = '';

  constructor(name: string) {
    this.name = name;
  }

  append(text: string): void {
    const lines = (this.#open + text).split('\n');
    this.#open = foldLine(lines.pop()!);
    for (const line of lines) this.#finished.push(foldLine(line.replace(/\r+$/, '')));
  }

  toOutput(): StreamOutput {
    return { output_type: 'stream', name: this.name, text: [...this.#finished, this.#open].join('\n') };
  }
}
