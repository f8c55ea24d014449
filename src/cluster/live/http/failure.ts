import { asCoded, CodedError, coded } from '../../../errors/coded-error.ts';

const TLS_CODE = /^(CERT_|ERR_TLS_|DEPTH_ZERO_|SELF_SIGNED_|UNABLE_TO_)/;
/** OpenSSL's own words: Node passes them on under several codes. */
const NO_TLS = /wrong version number|packet length too long|WRONG_VERSION_NUMBER|PACKET_LENGTH/;
/** The server turned our own certificate down while the connection was made. */
const OUR_CERTIFICATE = /alert (bad certificate|certificate \w+|unknown ca|access denied)/;

const REASONS: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'connection refused',
  ENOTFOUND: 'its name cannot be resolved',
  EAI_AGAIN: 'its name cannot be resolved for now',
  ETIMEDOUT: 'no answer in time',
  UND_ERR_CONNECT_TIMEOUT: 'no answer in time',
  EHOSTUNREACH: 'no route to it',
  ENETUNREACH: 'the network is unreachable',
  ECONNRESET: 'the connection was closed',
  EPIPE: 'the connection was closed',
  UND_ERR_SOCKET: 'the connection was closed',
  Z_DATA_ERROR: 'its answer is damaged',
  Z_BUF_ERROR: 'its answer breaks off',
};

/** Why a request got no answer, in words. */
export function reasonOf(error: unknown): string {
  const { code, name, message, errors } = error as { code?: string; name?: string; message?: string; errors?: unknown[] };
  if (name === 'TimeoutError') return 'no answer in time';
  const known = REASONS[code ?? ''];
  if (known !== undefined) return known;
  if (NO_TLS.test(`${code} ${message}`)) return 'it does not speak TLS';
  // Node tries several addresses and wraps what each said.
  return errors?.[0] === undefined ? message || String(error) : reasonOf(errors[0]);
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
