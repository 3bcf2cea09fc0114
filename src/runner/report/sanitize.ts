import type { IOptions } from 'sanitize-html';
import { Html } from './html.ts';

/** Takes out of foreign HTML everything that could run, load or imitate: what is left is text, tables, lists and pictures. */
export type Sanitize = (foreign: string) => Html;

/** Returns the sanitizer of reports: notebooks are not trusted, whoever wrote them. */
export async function createSanitize(): Promise<Sanitize> {
  const { default: sanitizeHtml } = await import('sanitize-html');
  const options: IOptions = {
    allowedTags: [...sanitizeHtml.defaults.allowedTags, 'img', 'details', 'summary', 'del', 'ins'],
    allowedAttributes: {
      a: ['href', 'title', 'rel'],
      img: ['src', 'alt', 'title', 'width', 'height'],
      td: ['colspan', 'rowspan', 'style'],
      th: ['colspan', 'rowspan', 'scope', 'style'],
      ol: ['start'],
      details: ['open'],
    },
    allowedStyles: { '*': { 'text-align': [/^(?:left|right|center)$/] } },
    allowedSchemes: ['http', 'https', 'mailto'],
    allowedSchemesByTag: { img: ['data'] },
    allowProtocolRelative: false,
    transformTags: {
      a: (tagName, attribs) => ({ tagName, attribs: { ...attribs, rel: 'noopener noreferrer' } }),
      img: (tagName, { src = '', ...attribs }) => ({
        tagName,
        // A report is one file: a picture that is not in it is not shown, only its description.
        attribs: /^data:image\//i.test(src) ? { ...attribs, src } : attribs,
      }),
    },
  };
  return (foreign) => new Html(sanitizeHtml(foreign, options));
}
