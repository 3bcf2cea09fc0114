import { randomUUID } from 'node:crypto';
import type { MimeBundle } from '../../thread-messages.ts';
import type { Output } from '../output.ts';
import { fallbackText, metadataOf } from './fragment.ts';
import { mimeBundle, sendable } from './mime-bundle.ts';
import type { Extent } from './plain-text.ts';
import { Progress } from './progress.ts';

/** How a value is shown. */
export interface UpdateOptions extends Extent {
  /** Whether the value is a MIME bundle, to be shown as it is (default false). */
  readonly raw?: boolean;
  /** What is said of the data, by MIME type: `{ 'image/png': { width: 200 } }` (default: nothing). */
  readonly metadata?: MimeBundle;
}

/** How `display` shows a value, and under which name. */
interface DisplayOptions extends UpdateOptions {
  /** Names the place, so that it can be updated from elsewhere (default: one of its own). */
  readonly id?: string;
}

/** What `display` returns. As the value of a cell it shows nothing: what it stands for is shown already. */
export class DisplayHandle {
  readonly id: string;
  readonly #output: Pick<Output, 'display'>;

  constructor(id: string, output: Pick<Output, 'display'>) {
    this.id = id;
    this.#output = output;
  }

  /** Replaces what is shown, wherever it is shown. Throws as `display` does. */
  update(value: unknown, options: UpdateOptions = {}): void {
    show(this.#output, value, options, this.id, true);
  }
}

/** Returns whether a cell's value needs no showing: there is none, or it stands for something that is shown. */
export function isShownAlready(value: unknown): boolean {
  return value === undefined || value instanceof DisplayHandle || value instanceof Progress;
}

/**
 * Shows a value now.
 *
 * @throws TypeError with `raw`, when the value is no MIME bundle
 * @throws whatever the value's own `Jupyter.display` method throws
 */
export type Display = (value: unknown, options?: DisplayOptions) => DisplayHandle;

/** Returns the global function `display`. */
export function displayTo(output: Pick<Output, 'display'>): Display {
  return (value, { id = randomUUID(), ...options } = {}) => {
    show(output, value, options, id, false);
    return new DisplayHandle(id, output);
  };
}

function show(
  output: Pick<Output, 'display'>,
  value: unknown,
  { raw = false, metadata = {}, all = false }: UpdateOptions,
  id: string,
  isUpdate: boolean,
): void {
  const data = raw ? rawBundle(value) : mimeBundle(value, { all });
  output.display(data, id, isUpdate, { ...metadataOf(value), ...metadata });
}

function rawBundle(value: unknown): MimeBundle {
  const data = sendable(value);
  const types = Object.keys(data);
  if (types.length === 0 || !types.every((type) => type.includes('/'))) {
    const got = types.length === 0 ? typeof value : `the keys ${JSON.stringify(types).slice(0, 80)}`;
    throw new TypeError(`display: with { raw: true }, expected data by MIME type ({ 'text/html': '…' }), got ${got}`);
  }
  return { ...data, 'text/plain': data['text/plain'] ?? fallbackText(data) };
}
