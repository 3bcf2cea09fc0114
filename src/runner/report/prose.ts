import type { TextCell } from '../../notebook/document.ts';
import type { Html } from './html.ts';
import type { Sanitize } from './sanitize.ts';

/** Turns Markdown into HTML that is safe to show; pictures attached to the cell are put in. */
export type RenderProse = (markdown: string, attachments?: TextCell['attachments']) => Html;

/** Returns the renderer of a report's prose. */
export async function createProse(sanitize: Sanitize): Promise<RenderProse> {
  const { default: MarkdownIt } = await import('markdown-it');
  const markdownIt = new MarkdownIt({ html: true, linkify: false });
  // The default refuses `data:` SVG and `attachment:` as well; the sanitizer decides what stays.
  markdownIt.validateLink = () => true;
  return (markdown, attachments = {}) => {
    const withPictures = markdownIt
      .render(markdown)
      .replace(/(<img[^>]*?\ssrc=")attachment:([^"]*)"/g, (whole, start, name) => {
        const [mime, data] = Object.entries(attachments[decodeURIComponent(name)] ?? {})[0] ?? [];
        return typeof data === 'string' ? `${start}data:${mime};base64,${data.replaceAll(/\s/g, '')}"` : whole;
      });
    return sanitize(withPictures);
  };
}
