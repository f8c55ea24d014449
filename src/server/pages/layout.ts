import type { Principal } from '../../auth/principal.ts';
import type { Answer } from '../../http/route.ts';
import { html, type Markup } from '../../report/html/markup.ts';

/** Style and script are files of ours, and nothing else runs, loads, embeds or is sent anywhere. */
const POLICY =
  "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; img-src data:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

export interface Page {
  readonly title: string;
  readonly body: Markup;
  readonly principal?: Principal | undefined;
  /** Goes with what the script sends; undefined where no session is needed. */
  readonly token?: string | undefined;
}

/** A page of the server. Its forms name where they come from, which other policies would hide from us, too: `status`, headers and HTML. */
export function pageOf({ title, body, principal, token }: Page, status = 200): Answer {
  const text = html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
${token !== undefined && html`<meta name="page-token" content="${token}">`}
<title>${title}</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="/assets/page.css">
<script src="/assets/page.js" defer></script>
</head>
<body>
<header>
<a class="home" href="/">sre-orch</a>
${principal !== undefined && html`<span class="quiet">${principal.name}, ${principal.role}</span>`}
${token !== undefined && html`<button type="button" id="sign-out">Sign out</button>`}
</header>
<main>
${body}
</main>
<p id="said" role="status"></p>
</body>
</html>
`;
  return {
    status,
    headers: { 'content-type': 'text/html; charset=utf-8', 'content-security-policy': POLICY, 'referrer-policy': 'same-origin' },
    body: text.toString(),
  };
}
