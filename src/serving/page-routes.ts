import type { FastifyInstance } from 'fastify';
import { pageHtml } from './page/html.ts';
import { pageScript } from './page/script.ts';
import { pageCss, pageIcon } from './page/style.ts';
import type { ServedModel } from './served-model.ts';

/** Nothing but the page's own files, and requests to its own server. */
const policy =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; " +
  "base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/** Answers `/` with a page on which a person types a row and sees the prediction. */
export function addPageRoutes(app: FastifyInstance, model: ServedModel): void {
  const files = {
    '/': ['text/html', pageHtml(model)],
    '/page.css': ['text/css', pageCss],
    '/page.js': ['text/javascript', pageScript],
    '/page.svg': ['image/svg+xml', pageIcon],
  } as const;
  for (const [path, [type, text]] of Object.entries(files)) {
    app.get(path, { schema: { hide: true } }, (_request, reply) =>
      reply
        .type(`${type}; charset=utf-8`)
        .headers({
          'content-security-policy': policy,
          'referrer-policy': 'no-referrer',
          'x-content-type-options': 'nosniff',
          'cache-control': 'no-cache',
        })
        .send(text),
    );
  }
}
