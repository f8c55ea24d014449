import { asCoded, CodedError, coded } from '../../../errors/coded-error.ts';
import { reasonOf } from '../../../net/reason-of.ts';

const TLS_CODE = /^(CERT_|ERR_TLS_|DEPTH_ZERO_|SELF_SIGNED_|UNABLE_TO_)/;
/** The server turned our own certificate down while the connection was made. */
const OUR_CERTIFICATE = /alert (bad certificate|certificate \w+|unknown ca|access denied)/;

/** Whether one side did not trust what the other showed, which new files may mend. */
export function isHandshakeFailure(error: unknown): boolean {
  const { code = '', message = '' } = error as { code?: unknown; message?: unknown };
  return TLS_CODE.test(String(code)) || OUR_CERTIFICATE.test(String(message));
}

/** The failure of a first request, as an error of the catalogue. */
export function connectionError(server: string, error: unknown): CodedError {
  if (error instanceof CodedError) return error;
  // A slip of ours must not look like a fault of the cluster.
  if (error instanceof ReferenceError || (error instanceof TypeError && !('code' in error))) return asCoded(error);
  const { code = '', message = '' } = error as { code?: string; message?: string };
  const cause = { cause: error };
  if (TLS_CODE.test(code)) return coded('TLS_UNTRUSTED', { server, reason: message || code }, cause);
  if (OUR_CERTIFICATE.test(message)) return coded('CREDENTIALS_REJECTED', { server, reason: 'it refuses the client certificate' }, cause);
  return coded('CLUSTER_UNREACHABLE', { server, reason: reasonOf(error) }, cause);
}
