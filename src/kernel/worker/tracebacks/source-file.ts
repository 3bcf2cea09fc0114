import { readFileSync, statSync } from 'node:fs';
import { SourceMap, type SourceMapPayload } from 'node:module';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { Place } from './frames.ts';

/** Larger files are neither read for an excerpt nor for their source map, in bytes. */
const MAX_SIZE_BYTES = 16_000_000;
/** What stands before the address of a map, at the end of a compiled file. */
const MAP_COMMENT = '\n//# sourceMappingURL=';
/** A place in a file, and the file's text where it can be had. */
export interface SourcePlace extends Place {
  readonly text: string | undefined;
}

interface CompiledFile {
  readonly text: string | undefined;
  readonly map: { readonly url: URL; readonly payload: SourceMapPayload; readonly entries: SourceMap } | undefined;
}

/**
 * The files that the frames of one stack name, each read once. A compiled file that has a source map (ECMA-426) stands for the one it was made of.
 * They are read only when an error is shown, so that maps cost nothing before.
 */
export class SourceFiles {
  readonly #files = new Map<string, CompiledFile>();

  /** Returns where a place comes from; `place.file` is a path. */
  original(place: Place): SourcePlace {
    try {
      const { text, map } = this.#read(place.file);
      const origin = map?.entries.findOrigin(place.line, place.column);
      if (map === undefined || origin === undefined || !('fileName' in origin)) return { ...place, text };
      const source = origin.fileName;
      const url = new URL(source, map.url);
      if (url.protocol !== 'file:') return { ...place, text };
      const file = fileURLToPath(url);
      const content = map.payload.sourcesContent?.[map.payload.sources.indexOf(source)];
      return { file, line: origin.lineNumber, column: origin.columnNumber, text: content ?? this.#read(file).text };
    } catch {
      // The file has gone, or what its map names: the place itself is right in any case.
      return { ...place, text: undefined };
    }
  }

  #read(file: string): CompiledFile {
    const known = this.#files.get(file);
    if (known !== undefined) return known;
    const text = statSync(file).size > MAX_SIZE_BYTES ? undefined : readFileSync(file, 'utf8');
    const read = { text, map: text === undefined ? undefined : mapOf(text, file) };
    this.#files.set(file, read);
    return read;
  }
}

/** Returns the source map that a compiled file names in its last lines, if it names one that can be read. */
function mapOf(text: string, file: string): CompiledFile['map'] {
  const start = text.lastIndexOf(MAP_COMMENT);
  if (start === -1) return undefined;
  const reference = /^\S*/.exec(text.slice(start + MAP_COMMENT.length))![0];
  try {
    const base = pathToFileURL(file);
    const url = new URL(reference, base);
    const isInline = url.protocol === 'data:';
    const json = isInline ? Buffer.from(reference.slice(reference.indexOf(',') + 1), 'base64') : readFileSync(url);
    const payload = JSON.parse(json.toString()) as SourceMapPayload;
    return { url: isInline ? base : url, payload, entries: new SourceMap(payload) };
  } catch {
    // A compiled file is often shipped without the map that it names: then it is shown itself.
    return undefined;
  }
}
