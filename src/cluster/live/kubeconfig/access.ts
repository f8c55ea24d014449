/** How to reach one API server, as one user. */
export interface Access {
  readonly server: string;
  readonly cluster: string | null;
  readonly context: string | null;
  readonly namespace: string | undefined;
  readonly tls: {
    readonly ca?: string | Buffer;
    readonly cert?: string | Buffer;
    readonly key?: string | Buffer;
    readonly servername?: string;
    readonly rejectUnauthorized: boolean;
  };
  readonly proxyUrl: string | undefined;
  /** Headers that say who asks; asked for before each request, because tokens are rotated. */
  headers(): Promise<Readonly<Record<string, string | string[]>>>;
}
