import { readFileSync } from 'node:fs';
import type { Server } from 'node:https';
import { createSecureContext } from 'node:tls';
import { coded } from '../errors/coded-error.ts';

const LOOK_MS = 60_000;

export interface TlsPaths {
  readonly cert: string;
  readonly key: string;
  /** Who signs the certificates of clients; where it is named, routes that ask for a caller ask for one of these as well. */
  readonly clientCa?: string | undefined;
}

interface TlsOptions {
  readonly cert: Buffer;
  readonly key: Buffer;
  readonly ca?: Buffer;
  readonly requestCert?: boolean;
  readonly rejectUnauthorized?: boolean;
  readonly minVersion: 'TLSv1.2';
}

/** Certificates of a server, from files that are replaced before they expire. */
export class TlsFiles {
  readonly #paths: TlsPaths;
  #now: TlsOptions;

  /** Throws FILE_UNREADABLE. */
  constructor(paths: TlsPaths) {
    this.#paths = paths;
    this.#now = optionsFrom(paths);
  }

  get options(): TlsOptions {
    return this.#now;
  }

  get asksForCertificates(): boolean {
    return this.#paths.clientCa !== undefined;
  }

  /** Looks once a minute, and has new connections use what is new. What cannot be used, because only half of it was written, waits. */
  keepFresh(server: Pick<Server, 'setSecureContext'>): Disposable {
    const timer = setInterval(() => {
      try {
        const fresh = optionsFrom(this.#paths);
        if (same(fresh, this.#now)) return;
        server.setSecureContext(fresh);
        this.#now = fresh;
      } catch {
        // The ones in use are still good; the next look is in a minute.
      }
    }, LOOK_MS);
    timer.unref();
    return { [Symbol.dispose]: () => clearInterval(timer) };
  }
}

function optionsFrom({ cert, key, clientCa }: TlsPaths): TlsOptions {
  const options: TlsOptions = {
    cert: read(cert),
    key: read(key),
    minVersion: 'TLSv1.2',
    // Probes of the kubelet have no certificate: who has none is told so by the route.
    ...(clientCa === undefined ? {} : { ca: read(clientCa), requestCert: true, rejectUnauthorized: false }),
  };
  try {
    createSecureContext(options);
  } catch (error) {
    throw coded('FILE_UNREADABLE', { path: `${cert}, ${key}`, reason: `they are no certificate and its key (${(error as Error).message})` }, { cause: error });
  }
  return options;
}

function read(path: string): Buffer {
  try {
    return readFileSync(path);
  } catch (error) {
    throw coded('FILE_UNREADABLE', { path, reason: (error as Error).message }, { cause: error });
  }
}

function same(one: TlsOptions, other: TlsOptions): boolean {
  return one.cert.equals(other.cert) && one.key.equals(other.key) && (one.ca ?? Buffer.alloc(0)).equals(other.ca ?? Buffer.alloc(0));
}
