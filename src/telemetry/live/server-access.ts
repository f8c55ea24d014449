import { readFile } from 'node:fs/promises';
import { urlLabel } from '../../net/server-url.ts';

/** How to reach one server of metrics or alerts. */
export interface ServerAccess {
  /** Without credentials: the only form in which the address may be told. */
  readonly label: string;
  readonly url: URL;
  readonly ca: Buffer | undefined;
  /** Says who asks; asked for before each request, because tokens are rotated. Never told to anybody else. */
  authorization(): Promise<string | undefined>;
}

export interface AccessOptions {
  /** May hold a user and a password. */
  readonly url: string;
  /** A file that holds a bearer token. */
  readonly tokenFile: string | undefined;
  /** A file of certificate authorities, PEM. */
  readonly caFile: string | undefined;
}

/** Throws what reading the file of authorities throws. */
export async function openAccess({ url: text, tokenFile, caFile }: AccessOptions): Promise<ServerAccess> {
  const url = new URL(text);
  const { username, password } = url;
  [url.username, url.password, url.search, url.hash] = ['', '', '', ''];
  const basic = username === '' ? undefined : `Basic ${Buffer.from(`${decodeURIComponent(username)}:${decodeURIComponent(password)}`).toString('base64')}`;
  return {
    label: urlLabel(url),
    url,
    ca: caFile === undefined ? undefined : await readFile(caFile),
    authorization: async () => (tokenFile === undefined ? basic : `Bearer ${(await readFile(tokenFile, 'utf8')).trim()}`),
  };
}
