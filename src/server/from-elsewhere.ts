import { coded } from '../errors/coded-error.ts';

interface Headers {
  readonly origin?: string | undefined;
  readonly host?: string | undefined;
  readonly 'sec-fetch-site'?: string | string[] | undefined;
}

/**
 * Refuses what a page of another site has a browser send on behalf of who sits before it: it needs no key where none is asked for,
 * and would come with the cookie where a browser is careless. Programs send neither header. Throws REQUEST_FOREIGN.
 */
export function refuseFromElsewhere({ origin, host, 'sec-fetch-site': site }: Headers, origins: readonly string[]): void {
  if (origin !== undefined && origins.includes(origin)) return;
  // The browser's own word, where it gives one; over plain HTTP it does not.
  if (site !== undefined ? site === 'same-origin' || site === 'none' : origin === undefined || URL.parse(origin)?.host === host) return;
  throw coded('REQUEST_FOREIGN', {});
}
