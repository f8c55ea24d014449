/** Whom another authority vouches for. What they may do, the table of access says. */
export interface Identity {
  readonly from: 'oidc' | 'kubernetes';
  /** The subject of the token; the whole name of a service account, as Kubernetes writes it. */
  readonly user: string;
  readonly groups: readonly string[];
}

/** The one whom a token names; undefined where it is not theirs, or not valid. Throws IDENTITY_UNREACHABLE where nobody could tell. */
export type Identify = (token: string) => Promise<Identity | undefined>;
