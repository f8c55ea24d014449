/** OpenSSL's own words: Node passes them on under several codes. */
const NO_TLS = /wrong version number|packet length too long|WRONG_VERSION_NUMBER|PACKET_LENGTH/;

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
