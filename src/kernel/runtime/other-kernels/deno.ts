import type { MimeBundle } from '../../thread-messages.ts';
import { DisplayHandle, displayTo } from '../display/display-handle.ts';
import { DISPLAY, type Fragment } from '../display/fragment.ts';
import { image, type MediaSource } from '../display/media.ts';
import { mimeBundle, sendable } from '../display/mime-bundle.ts';
import { type Template, template } from '../display/templates.ts';
import type { Output } from '../output.ts';

/** How `Deno.jupyter.display` shows a value. */
interface DenoDisplayOptions {
  readonly raw?: boolean;
  readonly update?: boolean;
  readonly display_id?: string;
}

/** `Deno.jupyter`, the part of Deno that only its notebooks have. */
export interface DenoJupyter {
  readonly $display: symbol;
  readonly display: (value: unknown, options?: DenoDisplayOptions) => Promise<void>;
  readonly format: (value: unknown) => Promise<MimeBundle>;
  readonly html: Template;
  readonly md: Template;
  readonly svg: Template;
  readonly image: (source: MediaSource) => Fragment;
  readonly broadcast: (type: string, content: Readonly<Record<string, unknown>>) => Promise<void>;
}

/** Returns what notebooks made for Deno's kernel use of Deno to show values. Its tags insert values as they are. */
export function deno(output: Pick<Output, 'display' | 'clear'>): { readonly jupyter: DenoJupyter } {
  const display = displayTo(output);
  const jupyter: DenoJupyter = {
    $display: DISPLAY,
    async display(value, { raw = false, update = false, display_id: id } = {}) {
      if (update && id !== undefined) new DisplayHandle(id, output).update(value, { raw });
      else display(value, { raw, ...(id !== undefined && { id }) });
    },
    format: async (value) => mimeBundle(value),
    html: template('text/html', inserted),
    md: template('text/markdown', inserted),
    svg: template('image/svg+xml', inserted),
    image,
    async broadcast(type, content) {
      const { data, metadata, transient, wait } = content as BroadcastContent;
      if (type === 'clear_output') return output.clear(wait ?? false);
      if (type !== 'display_data' && type !== 'update_display_data') throw unknownMessage(type);
      output.display(sendable(data), transient?.display_id, type === 'update_display_data', metadata);
    },
  };
  return { jupyter };
}

/** The fields of the messages that `broadcast` knows. */
interface BroadcastContent {
  readonly data?: MimeBundle;
  readonly metadata?: MimeBundle;
  readonly transient?: { readonly display_id?: string };
  readonly wait?: boolean;
}

function unknownMessage(type: string): TypeError {
  const known = 'display_data, update_display_data or clear_output';
  return new TypeError(`Deno.jupyter.broadcast: expected ${known}, got ${JSON.stringify(type).slice(0, 80)}`);
}

const text: (value: unknown) => string = String;

function inserted(value: unknown): string {
  return value === undefined ? '' : text(value);
}
