import { createHmac, randomUUID, timingSafeEqual } from 'node:crypto';

/** The version of the Jupyter messaging protocol that this kernel speaks. */
export const PROTOCOL_VERSION = '5.5';

/** A message's header, in the wire's own names (messaging specification, "General Message Format"). */
export interface MessageHeader {
  readonly msg_id: string;
  readonly session: string;
  readonly username: string;
  readonly date: string;
  readonly msg_type: string;
  readonly version: string;
  readonly subshell_id?: string | null;
}

/** One message on any of the channels. */
export interface JupyterMessage {
  /** Routing prefix: the client's identities on a router socket, the topic on iopub. */
  readonly idents: readonly Uint8Array[];
  readonly header: MessageHeader;
  /** The header of the message that caused this one; `{}` when there is none. */
  readonly parentHeader: MessageHeader | Record<string, never>;
  readonly metadata: Readonly<Record<string, unknown>>;
  readonly content: Readonly<Record<string, unknown>>;
  readonly buffers: readonly Uint8Array[];
}

/** What `createMessage` needs beside the content. */
export interface MessageOrigin {
  readonly session: string;
  readonly username?: string;
  readonly parentHeader?: MessageHeader;
  readonly idents?: readonly Uint8Array[];
  readonly metadata?: Readonly<Record<string, unknown>>;
  readonly buffers?: readonly Uint8Array[];
}

/** Frames that are not a message: no delimiter, a wrong signature, broken JSON. Such a message is dropped. */
export class WireError extends Error {
  override readonly name: string = 'WireError';
}

const DELIMITER = Buffer.from('<IDS|MSG>');
/** Half of a character as JSON.stringify writes it, behind an even number of backslashes. */
const LONE_SURROGATE = /(?<!\\)((?:\\\\)*)\\ud[89a-f][0-9a-f]{2}/g;

/** Returns a new message with a fresh id and the present time. */
export function createMessage(
  type: string,
  content: Readonly<Record<string, unknown>>,
  { session, username = 'labmill', parentHeader, idents = [], metadata = {}, buffers = [] }: MessageOrigin,
): JupyterMessage {
  return {
    idents,
    header: {
      msg_id: randomUUID(),
      session,
      username,
      date: new Date().toISOString(),
      msg_type: type,
      version: PROTOCOL_VERSION,
    },
    parentHeader: parentHeader ?? {},
    metadata,
    content,
    buffers,
  };
}

/**
 * Returns the frames of a message, signed with HMAC-SHA256 when `key` is not empty ("The Wire Protocol").
 * Half characters become U+FFFD: Python reads them, and then cannot save the notebook.
 */
export function encodeMessage(message: JupyterMessage, key: string): Uint8Array[] {
  const parts = [message.header, message.parentHeader, message.metadata, message.content].map((part) =>
    Buffer.from(wellFormed(JSON.stringify(part))),
  );
  return [...message.idents, DELIMITER, Buffer.from(sign(parts, key)), ...parts, ...message.buffers];
}

function wellFormed(json: string): string {
  return json.includes('\\ud') ? json.replace(LONE_SURROGATE, '$1\uFFFD') : json;
}

/** Returns the signature that `frames` carry; empty when they are no message. */
export function signatureOf(frames: readonly Uint8Array[]): string {
  const start = frames.findIndex((frame) => DELIMITER.equals(frame));
  return start === -1 ? '' : Buffer.from(frames[start + 1] ?? []).toString('latin1');
}

/**
 * Returns the message in `frames`.
 *
 * @throws WireError when the frames are no message, or its signature is not that of `key`
 */
export function decodeMessage(frames: readonly Uint8Array[], key: string): JupyterMessage {
  const start = frames.findIndex((frame) => DELIMITER.equals(frame));
  if (start === -1 || frames.length < start + 6) throw new WireError('expected <IDS|MSG> and five more frames');
  const parts = frames.slice(start + 2, start + 6);
  if (key !== '' && !isEqual(frames[start + 1]!, Buffer.from(sign(parts, key)))) {
    throw new WireError('the signature does not match the key of the connection file');
  }
  const [header, parentHeader, metadata, content] = parts.map(parsePart) as [
    Record<string, unknown>,
    Record<string, never>,
    Record<string, unknown>,
    Record<string, unknown>,
  ];
  if (typeof header['msg_type'] !== 'string' || typeof header['msg_id'] !== 'string') {
    throw new WireError('expected msg_id and msg_type in the header');
  }
  return {
    idents: frames.slice(0, start),
    header: header as unknown as MessageHeader,
    parentHeader,
    metadata,
    content,
    buffers: frames.slice(start + 6),
  };
}

function sign(parts: readonly Uint8Array[], key: string): string {
  if (key === '') return '';
  const hmac = createHmac('sha256', key);
  for (const part of parts) hmac.update(part);
  return hmac.digest('hex');
}

function isEqual(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && timingSafeEqual(a, b);
}

function parsePart(part: Uint8Array): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(Buffer.from(part.buffer, part.byteOffset, part.byteLength).toString());
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Record<string, unknown>;
  } catch (cause) {
    throw new WireError('a frame is not JSON', { cause });
  }
  throw new WireError('a frame is not a JSON object');
}
