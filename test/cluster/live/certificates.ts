import { execFile } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

export interface Certificate {
  readonly key: string;
  readonly cert: string;
}

export interface Authority {
  readonly cert: string;
  /** `altNames` as openssl takes them: `IP:127.0.0.1`, `DNS:api.example`. */
  issue(name: string, altNames: string, days?: number): Promise<Certificate>;
}

/** A certificate authority of a test's own, in `folder`. */
export async function ownAuthority(folder: string): Promise<Authority> {
  const openssl = async (...args: string[]): Promise<void> => {
    await run('openssl', args, { cwd: folder });
  };
  const curve = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'];
  await openssl('req', '-x509', ...curve, '-keyout', 'ca.key', '-out', 'ca.crt', '-subj', '/CN=test authority', '-days', '2');
  const text = (file: string): Promise<string> => readFile(join(folder, file), 'utf8');
  // Counted here: two that are issued at once would both write openssl's own file of serials.
  let serial = 1;
  return {
    cert: await text('ca.crt'),
    async issue(name, altNames, days = 1) {
      await writeFile(join(folder, `${name}.ext`), `subjectAltName=${altNames}\n`);
      await openssl('req', ...curve, '-keyout', `${name}.key`, '-out', `${name}.csr`, '-subj', `/CN=${name}`);
      await openssl(
        ...['x509', '-req', '-in', `${name}.csr`, '-CA', 'ca.crt', '-CAkey', 'ca.key', '-set_serial', `${++serial}`],
        ...['-days', String(days), '-extfile', `${name}.ext`, '-out', `${name}.crt`],
      );
      return { key: await text(`${name}.key`), cert: await text(`${name}.crt`) };
    },
  };
}
