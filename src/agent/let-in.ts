import type { TLSSocket } from 'node:tls';
import { coded } from '../errors/coded-error.ts';
import type { Knock } from '../http/app.ts';
import type { Caller, KnowsCallers } from './callers.ts';

/** `callers`: whom one of these knows. `everybody`: bound to loopback, where who is on the machine may ask. */
export type Admission = { readonly by: 'callers'; readonly known: readonly KnowsCallers[]; readonly certificates: boolean } | { readonly by: 'everybody' };

const LOCAL: Caller = { name: 'local' };
const LOOPBACK_HOST = /^(localhost|127(?:\.\d{1,3}){3}|\[::1\])(:\d+)?$/i;

/** Who asks, or undefined where a route lets in everybody. Throws CALLER_UNKNOWN, CALLER_WITHOUT_CERTIFICATE, HOST_UNKNOWN. */
export async function letIn(admission: Admission, { headers, socket }: Knock, needs: 'caller' | 'everybody'): Promise<Caller | undefined> {
  if (admission.by === 'everybody') {
    // A page of another site can have its name point to this machine (DNS rebinding): the name it was called by tells.
    if (!LOOPBACK_HOST.test(headers.host ?? '')) throw coded('HOST_UNKNOWN', {});
    return LOCAL;
  }
  if (needs === 'everybody') return undefined;
  if (admission.certificates && (socket as TLSSocket).authorized !== true) throw coded('CALLER_WITHOUT_CERTIFICATE', {});
  const token = /^Bearer +(\S+)$/i.exec(headers.authorization ?? '')?.[1];
  if (token !== undefined) {
    for (const knows of admission.known) {
      const caller = await knows(token);
      if (caller !== undefined) return caller;
    }
  }
  throw coded('CALLER_UNKNOWN', {});
}
