const NAME = 'sre_orch_session';

/** The session that a request carries; undefined where it carries none. */
export function sessionIn(cookie: string | undefined): string | undefined {
  return new RegExp(`(?:^|; *)${NAME}=([\\w.-]{1,3100})(?:;|$)`).exec(cookie ?? '')?.[1];
}

/** No script reads it, no other site sends it, and over TLS nothing else carries it. */
export function sessionCookie(value: string, seconds: number, isTls: boolean): string {
  return `${NAME}=${value}; Path=/; Max-Age=${seconds}; HttpOnly; SameSite=Strict${isTls ? '; Secure' : ''}`;
}
