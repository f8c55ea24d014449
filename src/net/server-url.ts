/** True for an address that does not leave this machine. */
export function isLoopback(hostname: string): boolean {
  const host = hostname.replace(/^\[|\]$/g, '').toLowerCase();
  return host === 'localhost' || host.endsWith('.localhost') || host === '::1' || /^127(?:\.\d{1,3}){3}$/.test(host);
}

/**
 * Why a server must not be spoken to at this address; undefined where it may. What is not TLS stays on this machine, unless the
 * host is named as one that may be reached without.
 */
export function serverUrlProblem(text: string, insecureHosts: readonly string[]): string | undefined {
  const url = URL.parse(text);
  if (url === null || !/^https?:$/.test(url.protocol) || url.hostname === '') return 'an address like https://prometheus.example:9090 is needed';
  if (url.protocol === 'https:' || isLoopback(url.hostname) || insecureHosts.some((host) => host.toLowerCase() === url.hostname.toLowerCase()))
    return undefined;
  return `without TLS everybody on the way reads along: use https, or allow it with --insecure-http ${url.hostname}`;
}

/** The address without credentials, query and fragment; for people. */
export function urlLabel(url: URL): string {
  return `${url.origin}${url.pathname.replace(/\/$/, '')}`;
}
