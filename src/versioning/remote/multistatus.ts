import { XMLParser } from 'fast-xml-parser';
import { z } from 'zod';

/** What a WebDAV server tells of a file or a collection. */
export interface DavEntry {
  /** The last part of its path. */
  readonly name: string;
  readonly isCollection: boolean;
  /** Bytes; `undefined` where the server does not say. */
  readonly size: number | undefined;
}

/** Asks for what `parseMultistatus` reads. */
export const propfindBody: string =
  '<?xml version="1.0" encoding="utf-8"?>' +
  '<D:propfind xmlns:D="DAV:"><D:prop><D:resourcetype/><D:getcontentlength/></D:prop></D:propfind>';

/** An element without content is an empty text to the parser. */
const empty = z.literal('').transform(() => ({}));

const properties = z.object({
  resourcetype: empty.or(z.object({ collection: z.unknown() }).partial()).optional(),
  getcontentlength: z.string().regex(/^\d*$/).optional(),
});

const response = z.object({
  href: z.string(),
  propstat: z.array(z.object({ prop: empty.or(properties), status: z.string().optional() })).default([]),
});

const answer = z.object({ multistatus: empty.or(z.object({ response: z.array(response) }).partial()) });

/** The last tag of an answer; without it, the rest of the answer is missing. */
const lastTag = /<(?:\/(?:[\w.-]+:)?multistatus|(?:[\w.-]+:)?multistatus[^>]*\/)\s*>\s*$/;

/**
 * Parses the answer to PROPFIND (RFC 4918, 14.16). Entities are not expanded: no object's name has one.
 *
 * @returns `undefined` when the text is no such answer, or not all of it
 */
export function parseMultistatus(text: string): DavEntry[] | undefined {
  if (!lastTag.test(text.slice(-500))) return undefined;
  const parser = new XMLParser({
    removeNSPrefix: true,
    ignoreAttributes: true,
    parseTagValue: false,
    processEntities: false,
    isArray: (name) => name === 'response' || name === 'propstat',
  });
  const parsed = answer.safeParse(attempt(() => parser.parse(text) as unknown));
  if (!parsed.success) return undefined;
  const { multistatus } = parsed.data;
  return ('response' in multistatus ? (multistatus.response ?? []) : []).map(toEntry);
}

function toEntry({ href, propstat }: z.infer<typeof response>): DavEntry {
  // Properties that are not there come in a propstat of their own, with status 404.
  const found = propstat.filter(({ status = ' 200 ' }) => / 2\d\d /.test(`${status} `));
  const prop: z.infer<typeof properties> = Object.assign({}, ...found.map((one) => one.prop));
  const length = prop.getcontentlength ?? '';
  return {
    name: lastPart(href),
    isCollection: 'collection' in (prop.resourcetype ?? {}),
    size: length === '' ? undefined : Number(length),
  };
}

function lastPart(href: string): string {
  const part = href.replace(/\/+$/, '').replace(/^.*\//, '');
  return attempt(() => decodeURIComponent(part)) ?? part;
}

/** Returns what `work` returns, or `undefined` when the text is not what it can take. */
function attempt<T>(work: () => T): T | undefined {
  try {
    return work();
  } catch {
    return undefined;
  }
}
