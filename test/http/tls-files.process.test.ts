import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { SecureContextOptions } from 'node:tls';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { TlsFiles } from '../../src/http/tls-files.ts';
import { type Authority, ownAuthority } from '../cluster/live/certificates.ts';

let folder: string;
let authority: Authority;
let paths: { cert: string; key: string };
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'tls-'));
  authority = await ownAuthority(folder);
  paths = { cert: join(folder, 'tls.crt'), key: join(folder, 'tls.key') };
  await put('first');
});
afterEach(() => {
  vi.useRealTimers();
  rmSync(folder, { recursive: true, force: true });
});

async function put(name: string): Promise<string> {
  const { cert, key } = await authority.issue(name, 'DNS:localhost');
  writeFileSync(paths.cert, cert);
  writeFileSync(paths.key, key);
  return cert;
}

describe('the certificate of a server', () => {
  test('that is replaced is used from the next minute on; half of a new one is waited for', async () => {
    const files = new TlsFiles(paths);
    const second = await authority.issue('second', 'DNS:localhost');
    vi.useFakeTimers();
    const used: string[] = [];
    using _fresh = files.keepFresh({ setSecureContext: ({ cert }: SecureContextOptions) => void used.push(String(cert)) });
    vi.advanceTimersByTime(60_000);
    expect(used).toEqual([]);
    writeFileSync(paths.cert, second.cert);
    vi.advanceTimersByTime(60_000);
    expect(used).toEqual([]);
    writeFileSync(paths.key, second.key);
    vi.advanceTimersByTime(120_000);
    expect(used).toEqual([second.cert]);
  });

  test('that is none, or not there, is told before anything is served', () => {
    writeFileSync(paths.key, 'no key');
    expect(() => new TlsFiles(paths)).toThrow(expect.objectContaining({ code: 'FILE_UNREADABLE' }));
    expect(() => new TlsFiles({ ...paths, cert: join(folder, 'nowhere') })).toThrow(expect.objectContaining({ code: 'FILE_UNREADABLE' }));
  });
});
