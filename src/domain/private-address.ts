/** RFC 1918 and RFC 4193. */
const PRIVATE = /^(?:10\.|192\.168\.|172\.(?:1[6-9]|2\d|3[01])\.|f[cd][0-9a-f]{2}:)/;

/** An address that is not of the public internet: it may be that of a Service or pod. */
export function isPrivateAddress(host: string): boolean {
  return PRIVATE.test(host);
}
