import { readFileSync } from 'node:fs';
import { types } from 'node:util';
import type { MimeBundle } from '../../thread-messages.ts';
import { Fragment } from './fragment.ts';
import { mediaTypeOf } from './media-type.ts';

/** Data, or the file that has them: a path relative to the current folder, or a `file:` URL. */
export type MediaSource = Uint8Array | ArrayBuffer | string | URL;

/** How `image` shows an image. */
export interface ImageOptions {
  /** In pixels (default: the image's own). */
  readonly width?: number;
  /** In pixels (default: the image's own). */
  readonly height?: number;
}

/**
 * Returns an image (PNG, JPEG, GIF, WebP, BMP or SVG) to show.
 *
 * @throws TypeError when the data are no such image
 */
export function image(source: MediaSource, options: ImageOptions = {}): Fragment {
  const { bytes, type } = read(source);
  if (type?.startsWith('image/') !== true) throw unknownMedia('image', 'a PNG, JPEG, GIF, WebP, BMP or SVG', bytes);
  return new Fragment(mediaBundle(bytes, type), { [type]: { ...options } });
}

/**
 * Returns a sound (WAV, MP3, Ogg or FLAC) to show, with controls that play it.
 *
 * @throws TypeError when the data are no such sound
 */
export function audio(source: MediaSource): Fragment {
  const { bytes, type } = read(source);
  if (type?.startsWith('audio/') !== true) throw unknownMedia('audio', 'a WAV, MP3, Ogg or FLAC', bytes);
  return new Fragment({ ...mediaBundle(bytes, type), 'text/plain': `[${type}]` });
}

/** Returns the MIME bundle of data that begin like an image, a PDF or a sound; `undefined` for all other values. */
export function bytesBundle(value: object): MimeBundle | undefined {
  const bytes = types.isAnyArrayBuffer(value) ? new Uint8Array(value) : value;
  if (!types.isUint8Array(bytes)) return undefined;
  const type = mediaTypeOf(bytes);
  return type === undefined ? undefined : mediaBundle(bytes, type);
}

/** Returns the text with which a MIME bundle carries data. */
export function toBase64({ buffer, byteOffset, byteLength }: Uint8Array): string {
  return Buffer.from(buffer, byteOffset, byteLength).toString('base64');
}

/** Front ends show SVG as text and images as base64; sounds need an element that plays them. */
function mediaBundle(bytes: Uint8Array, type: string): MimeBundle {
  if (type === 'image/svg+xml') return { [type]: new TextDecoder().decode(bytes) };
  const data = toBase64(bytes);
  return type.startsWith('audio/')
    ? { 'text/html': `<audio controls src="data:${type};base64,${data}"></audio>` }
    : { [type]: data };
}

function read(source: MediaSource): { bytes: Uint8Array; type: string | undefined } {
  const content = typeof source === 'string' || source instanceof URL ? readFileSync(source) : source;
  const bytes = types.isAnyArrayBuffer(content) ? new Uint8Array(content) : content;
  return { bytes, type: mediaTypeOf(bytes) };
}

function unknownMedia(caller: string, expected: string, bytes: Uint8Array): TypeError {
  const start = JSON.stringify(Buffer.from(bytes.subarray(0, 16)).toString('latin1'));
  return new TypeError(`${caller}: expected ${expected}, got data that begin with ${start}`);
}
