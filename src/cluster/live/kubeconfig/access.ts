/** Certificates for a connection, as node:tls takes them. */
export interface TlsMaterial {
  readonly ca?: string | Buffer;
  readonly cert?: string | Buffer;
  readonly key?: string | Buffer;
  readonly servername?: string;
  readonly rejectUnauthorized: boolean;
}

export type Headers = Readonly<Record<string, string | string[]>>;

/** What went wrong between two who have to know each other: 401, 403, or TLS. */
export type Failed = 'credentials' | 'permission' | 'handshake';

/** How to reach one API server, as one user. */
export interface Access {
  readonly server: string;
  readonly cluster: string | null;
  readonly context: string | null;
  readonly namespace: string | undefined;
  readonly tls: TlsMaterial;
  readonly proxyUrl: string | undefined;
  /** Whether answers are asked for in gzip; on the same machine or network it costs more than it saves. */
  readonly compress: boolean;
  /** Headers that say who asks; asked for before each request, because tokens are rotated. */
  headers(): Promise<Headers>;
  /** After the server did not take what we showed, or we did not trust what it showed: what is good now, or undefined where that is the same. */
  renew?(failed: Failed): Promise<Access | undefined>;
}
