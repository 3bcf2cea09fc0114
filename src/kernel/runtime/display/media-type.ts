/** What data begin with, by MIME type; `undefined` stands for any byte. */
const SIGNATURES: ReadonlyArray<readonly [mediaType: string, ...bytes: ReadonlyArray<number | undefined>]> = [
  ['image/png', ...ascii('\u0089PNG\r\n\u001A\n')],
  ['image/jpeg', 0xff, 0xd8, 0xff],
  ['image/gif', ...ascii('GIF87a')],
  ['image/gif', ...ascii('GIF89a')],
  ['image/webp', ...ascii('RIFF????WEBP')],
  ['image/bmp', ...ascii('BM????\0\0\0\0')],
  ['application/pdf', ...ascii('%PDF-')],
  ['audio/wav', ...ascii('RIFF????WAVE')],
  ['audio/ogg', ...ascii('OggS')],
  ['audio/flac', ...ascii('fLaC')],
  ['audio/mpeg', ...ascii('ID3')],
];
/** How far into a text the root element of an SVG is looked for: a declaration and comments may stand before it. */
const SVG_HEAD_LENGTH = 1000;

/** Returns the MIME type of data that begin like an image, a PDF or a sound; `undefined` for anything else. */
export function mediaTypeOf(bytes: Uint8Array): string | undefined {
  const found = SIGNATURES.find(([, ...signature]) =>
    signature.every((byte, index) => byte === undefined || byte === bytes[index]),
  );
  if (found !== undefined) return found[0];
  if (isMp3Frame(bytes)) return 'audio/mpeg';
  // `<`, or the mark that some editors begin UTF-8 with.
  if (bytes[0] !== 0x3c && bytes[0] !== 0xef) return undefined;
  const head = new TextDecoder().decode(bytes.subarray(0, SVG_HEAD_LENGTH));
  return /^\s*(?:<\?xml[^>]*>\s*|<!--.*?-->\s*|<!DOCTYPE[^>]*>\s*)*<svg[\s/>]/s.test(head)
    ? 'image/svg+xml'
    : undefined;
}

/** MP3 files without a title begin with a frame: MPEG 1 or 2, layer III, a known bit rate and sample rate. */
function isMp3Frame([sync = 0, version = 0, rates = 0]: Uint8Array): boolean {
  const [bitRate, sampleRate] = [rates >> 4, (rates >> 2) & 3];
  return sync === 0xff && (version & 0xf6) === 0xf2 && bitRate !== 0 && bitRate !== 15 && sampleRate !== 3;
}

function ascii(text: string): (number | undefined)[] {
  return Array.from(text, (character) => (character === '?' ? undefined : character.charCodeAt(0)));
}
