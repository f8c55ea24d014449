import { MARKER_START, redacted } from './marker.ts';

const AUTHORIZATION =
  /\b((?:proxy-)?authorization\\*["']?\]?\s{0,3}[:=]\s{0,3}\[?\\*["']?)((?:bearer|basic|digest|token|negotiate|apikey|AWS4-HMAC-SHA256)\s+)?([^\s"'\\,\]]{4,}(?:, ?[A-Za-z]+=[^\s"',]+)*)/gi;
const BEARER = /\b(bearer\s+)([A-Za-z0-9._~+/=-]{12,})/gi;
const BASIC = /\b(basic\s+)([A-Za-z0-9+/]{8,}={0,2})/gi;
const COOKIE = /\b((?:set-)?cookie\\*["']?\s{0,3}:\s{0,3}\[?\\*["']?)([^"'\r\n\\]+)/gi;
/** A scheme whose credentials are gone already, or prose: "authorization: server message". */
const WORD = /^[A-Za-z_]+:?$/;

/** Credentials of HTTP headers, in any way of printing them. The scheme stays. */
export function redactHeaders(text: string): string {
  return text
    .replace(AUTHORIZATION, (whole, header: string, scheme: string | undefined, value: string) =>
      isGone(header, value) || (scheme === undefined && WORD.test(value)) ? whole : `${header}${scheme ?? ''}${redacted('authorization')}`,
    )
    .replace(BEARER, (whole, scheme: string, token: string) => (/\d/.test(token) && !/^\d+$/.test(token) ? `${scheme}${redacted('token')}` : whole))
    .replace(BASIC, (whole, scheme: string, value: string) => (isUserAndPassword(value) ? `${scheme}${redacted('authorization')}` : whole))
    .replace(COOKIE, (whole, header: string, value: string) => (beginsGone(header, value) ? whole : `${header}${redacted('cookie')}`));
}

/** "Basic authentication" is prose; "Basic YWRtaW46aHVudGVyMg==" is admin:hunter2. */
function isUserAndPassword(base64: string): boolean {
  const text = Buffer.from(base64, 'base64').toString('latin1');
  return /^[\x20-\x7e]*:[\x20-\x7e]*$/.test(text);
}

/** The pattern may have taken the bracket of a marker for that of a list. */
function isGone(header: string, value: string): boolean {
  return `${header}${value}`.includes(MARKER_START);
}

/** A cookie's value reaches to the end of the line: a marker further on stands for another secret, and says nothing of this one. */
function beginsGone(header: string, value: string): boolean {
  return `${header.endsWith('[') ? '[' : ''}${value}`.startsWith(MARKER_START);
}
