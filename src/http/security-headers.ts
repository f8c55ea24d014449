import { API_VERSION, API_VERSION_HEADER } from '../protocol/api-version.ts';

/** Nothing that is sent is for a browser to guess at, embed or keep. */
export const SECURITY_HEADERS = {
  [API_VERSION_HEADER]: API_VERSION,
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'referrer-policy': 'no-referrer',
  'cache-control': 'no-store',
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
  'cross-origin-resource-policy': 'same-origin',
  'cross-origin-opener-policy': 'same-origin',
  'x-permitted-cross-domain-policies': 'none',
  'permissions-policy': 'camera=(), geolocation=(), microphone=()',
} as const;

/** Only over TLS may a server say that it is to be reached by TLS alone (RFC 6797, section 7.2). */
export const TLS_HEADERS = { 'strict-transport-security': 'max-age=31536000' } as const;
