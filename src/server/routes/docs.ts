import { openApiPage } from '../pages/openapi-page.ts';
import { route } from '../route.ts';

/** The page carries its own style; nothing runs, and nothing is loaded. */
const POLICY = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'";

export const docsOf = (document: (version: string) => object) =>
  route({
    method: 'GET',
    path: '/docs',
    summary: '/openapi.json as a page to read',
    needs: 'everybody',
    answers: { 200: { what: 'a page that needs nothing else', type: 'text/html' } },
    handle: (_asked, { version }) => ({
      status: 200,
      headers: { 'content-type': 'text/html; charset=utf-8', 'content-security-policy': POLICY },
      body: openApiPage(document(version)),
    }),
  });
