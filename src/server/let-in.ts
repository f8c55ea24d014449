import type { IncomingHttpHeaders } from 'node:http';
import { isApiKey } from '../auth/api-key.ts';
import { mayAs, type Principal } from '../auth/principal.ts';
import type { Sessions } from '../auth/sessions.ts';
import type { SignIn } from '../auth/sign-in.ts';
import { coded } from '../errors/coded-error.ts';
import type { RateLimit } from '../http/rate-limit.ts';
import type { Role } from '../store/api-key-repository.ts';
import { refuseFromElsewhere } from './from-elsewhere.ts';
import { sessionIn } from './session-cookie.ts';

/** `token`: whoever sends one that is known. `everybody`: bound to loopback, where who is on the machine may ask. */
export type Admission = { readonly by: 'token'; readonly signIn: SignIn; readonly sessions: Sessions } | { readonly by: 'everybody' };

const LOCAL: Principal = { id: 'local', name: 'local', role: 'admin', namespaces: null };
const READS = ['GET', 'HEAD'];
const LOOPBACK_HOST = /^(localhost|127(?:\.\d{1,3}){3}|\[::1\])(:\d+)?$/i;

export interface Caller {
  readonly method: string;
  readonly headers: IncomingHttpHeaders;
  readonly address: string;
  /** Origins whose pages may ask. */
  readonly origins: readonly string[];
  /** What an address may send of tokens that nobody knows. */
  readonly refusals: RateLimit;
}

/** Who asks, or undefined where nobody signed in and the route lets in everybody. Throws UNAUTHENTICATED, HOST_UNKNOWN, REQUEST_FOREIGN, RATE_LIMITED. */
export async function letIn(admission: Admission, caller: Caller, needs: Role | 'everybody'): Promise<Principal | undefined> {
  const { method, headers, origins } = caller;
  // A page of another site can have its name point to this machine (DNS rebinding): the name it was called by tells.
  if (admission.by === 'everybody' && !LOOPBACK_HOST.test(headers.host ?? '')) throw coded('HOST_UNKNOWN', {});
  // Who sends a key or a token means it; what else a browser sends may be the wish of another page.
  if (!READS.includes(method) && headers.authorization === undefined) refuseFromElsewhere(headers, origins);
  const principal = admission.by === 'everybody' ? LOCAL : await signedIn(admission, caller, needs !== 'everybody');
  if (needs === 'everybody') return principal;
  if (principal === undefined) throw coded('UNAUTHENTICATED', {});
  return principal;
}

/** Whether who was let in has the role that a route needs. Throws NOT_PERMITTED. */
export function permit(principal: Principal, needs: Role | 'everybody'): void {
  if (needs !== 'everybody' && !mayAs(principal, needs)) throw coded('NOT_PERMITTED', { needs: `the role ${needs}` });
}

/** A session changes something only for a page of ours, which alone knows its token. */
async function signedIn({ signIn, sessions }: Extract<Admission, { by: 'token' }>, caller: Caller, needsToken: boolean): Promise<Principal | undefined> {
  const { authorization, cookie, 'x-page-token': token } = caller.headers;
  const session = authorization === undefined ? sessionIn(cookie) : undefined;
  if (session === undefined) return bearer(signIn, caller);
  const principal = await sessions.holder(session);
  if (principal !== undefined && needsToken && !READS.includes(caller.method) && !sessions.isTokenOf(session, String(token)))
    throw coded('REQUEST_FOREIGN', {});
  return principal;
}

async function bearer(signIn: SignIn, { headers, address, refusals }: Caller): Promise<Principal | undefined> {
  const [, token] = /^Bearer +(\S{1,8192})$/i.exec(headers.authorization ?? '') ?? [];
  if (token === undefined) return undefined;
  // Only a token costs somebody else's time; a key is looked up here.
  if (!isApiKey(token)) refusals.check(address);
  const principal = await signIn(token);
  if (principal === undefined) refusals.take(address);
  return principal;
}
