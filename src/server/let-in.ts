import { holderOf } from '../auth/api-key.ts';
import { mayAs, type Principal } from '../auth/principal.ts';
import { coded } from '../errors/coded-error.ts';
import type { ApiKeyRepository, Role } from '../store/api-key-repository.ts';

/** `keys`: whoever has one. `everybody`: bound to loopback, where who is on the machine may ask. */
export type Admission = { readonly by: 'keys'; readonly keys: ApiKeyRepository } | { readonly by: 'everybody' };

const LOCAL: Principal = { id: 'local', name: 'local', role: 'admin', namespaces: null };
const LOOPBACK_HOST = /^(localhost|127(?:\.\d{1,3}){3}|\[::1\])(:\d+)?$/i;

interface Headers {
  readonly authorization?: string | undefined;
  readonly host?: string | undefined;
}

/** Who asks, or undefined where nobody signed in and the route lets in everybody. Throws UNAUTHENTICATED, NOT_PERMITTED, HOST_UNKNOWN. */
export async function letIn(admission: Admission, { authorization, host }: Headers, needs: Role | 'everybody'): Promise<Principal | undefined> {
  // A page of another site can have its name point to this machine (DNS rebinding): the name it was called by tells.
  if (admission.by === 'everybody' && !LOOPBACK_HOST.test(host ?? '')) throw coded('HOST_UNKNOWN', {});
  const principal = admission.by === 'everybody' ? LOCAL : await holderOf(/^Bearer +(\S+)$/i.exec(authorization ?? '')?.[1] ?? '', admission.keys);
  if (needs === 'everybody') return principal;
  if (principal === undefined) throw coded('UNAUTHENTICATED', {});
  if (!mayAs(principal, needs)) throw coded('NOT_PERMITTED', { needs: `the role ${needs}` });
  return principal;
}
