import type { DisplayOutput, JsonObject, MimeBundle, Output, ResultOutput } from './document.ts';
import { StreamText } from './stream-text.ts';

/** Where `update_display_data` finds what was displayed under an id, in whatever cell of the notebook that was. */
export type Displays = Map<string, MutableDisplay[]>;

type Mutable<T> = { -readonly [Key in keyof T]: T[Key] };
type MutableDisplay = Mutable<DisplayOutput> | Mutable<ResultOutput>;
type Entry = StreamText | MutableDisplay | Output;

/** Options of an `OutputArea`. */
export interface OutputAreaOptions {
  /** The displays of the whole notebook, shared by the areas of its cells. Default: only this cell's. */
  readonly displays?: Displays;
  /** Characters of stream text that are kept; what is over is cut with a note. Default: 10 million. */
  readonly maxStreamLength?: number;
}

/**
 * The outputs of one cell, put together from the kernel's messages as JupyterLab does: neighbouring writes to the same
 * stream are one output, `\r` and `\b` are folded, displays are updated in place, `clear_output` waits when told to.
 */
export class OutputArea {
  readonly #displays: Displays;
  readonly #maxStreamLength: number;
  #entries: Entry[] = [];
  #streamLength = 0;
  #clearBeforeNext = false;

  constructor({ displays = new Map(), maxStreamLength = 10_000_000 }: OutputAreaOptions = {}) {
    this.#displays = displays;
    this.#maxStreamLength = maxStreamLength;
  }

  /** The outputs as they stand now. */
  get outputs(): Output[] {
    return this.#entries.map((entry) => (entry instanceof StreamText ? entry.toOutput() : entry));
  }

  /** Takes in one iopub message; a type that is no output changes nothing. */
  add(type: string, content: JsonObject): void {
    switch (type) {
      case 'stream':
        return this.#write(String(content['name']), String(content['text']));
      case 'display_data':
        return this.#display({ output_type: 'display_data', ...shown(content) }, content);
      case 'execute_result':
        return this.#display({ output_type: 'execute_result', ...shown(content), ...count(content) }, content);
      case 'error':
        return this.#push(toErrorOutput(content));
      case 'update_display_data':
        for (const display of this.#displays.get(displayId(content) ?? '') ?? [])
          Object.assign(display, shown(content));
        return;
      case 'clear_output':
        if (content['wait'] === true) this.#clearBeforeNext = true;
        else this.#clear();
    }
  }

  #write(name: string, text: string): void {
    if (text === '') return;
    this.#clearIfDue();
    const room = this.#maxStreamLength - this.#streamLength;
    if (room < 0) return;
    this.#streamLength += text.length;
    const last = this.#entries.at(-1);
    const stream = last instanceof StreamText && last.name === name ? last : new StreamText(name);
    if (stream !== last) this.#entries.push(stream);
    stream.append(
      text.length <= room ? text : `${text.slice(0, room)}\n… cut here, after ${this.#maxStreamLength} characters\n`,
    );
  }

  #display(output: MutableDisplay, content: JsonObject): void {
    this.#push(output);
    const id = displayId(content);
    if (id !== undefined) this.#displays.set(id, [...(this.#displays.get(id) ?? []), output]);
  }

  #push(output: Output): void {
    this.#clearIfDue();
    this.#entries.push(output);
  }

  #clearIfDue(): void {
    if (this.#clearBeforeNext) this.#clear();
  }

  #clear(): void {
    this.#entries = [];
    this.#streamLength = 0;
    this.#clearBeforeNext = false;
  }
}

function shown(content: JsonObject): { data: MimeBundle; metadata: JsonObject } {
  return { data: objectAt(content, 'data'), metadata: objectAt(content, 'metadata') };
}

function count(content: JsonObject): { execution_count: number | null } {
  const value = content['execution_count'];
  return { execution_count: typeof value === 'number' ? value : null };
}

function toErrorOutput(content: JsonObject): Output {
  const { ename, evalue, traceback } = content;
  const lines = Array.isArray(traceback) ? traceback.map(String) : [];
  return { output_type: 'error', ename: String(ename), evalue: String(evalue), traceback: lines };
}

function displayId(content: JsonObject): string | undefined {
  const id = objectAt(content, 'transient')['display_id'];
  return typeof id === 'string' ? id : undefined;
}

function objectAt(holder: JsonObject, key: string): JsonObject {
  const value = holder[key];
  return typeof value === 'object' && value !== null ? (value as JsonObject) : {};
}
