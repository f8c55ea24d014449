import type { Answer } from '../../http/route.ts';
import { html } from '../../report/html/markup.ts';
import { pageOf } from './layout.ts';

/** Asks for a key. `next`: where whoever holds one wanted to go. */
export function signInPage(next: string, wasRefused: boolean): Answer {
  const body = html`<h1>Sign in</h1>
<form method="post" action="/sign-in" class="card">
<input type="hidden" name="next" value="${next}">
<input name="username" autocomplete="username" value="sre-orch" hidden>
<label for="key">API key or token</label>
<input id="key" name="key" type="password" autocomplete="current-password" spellcheck="false" required ${wasRefused && html`aria-invalid="true" aria-describedby="refused"`}>
${wasRefused && html`<p id="refused" class="bad">This key is not known, or was revoked; a token may have expired, or grant nothing here.</p>`}
<button type="submit">Sign in</button>
<p class="quiet">An admin makes a key: <code>sre-orch keys create NAME</code></p>
<p class="quiet">Who signs in with an identity provider (OpenID Connect) or a service account pastes the token that it gives for this server; it holds until it expires, an hour at most.</p>
</form>`;
  return pageOf({ title: 'Sign in – sre-orch', body }, wasRefused ? 401 : 200);
}
