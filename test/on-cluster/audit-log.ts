import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';

const FILE = join(process.env['CLUSTER_HOME'] ?? '/tmp/sre-cluster', 'log/audit.log');
const READS = ['get', 'list', 'watch'];

interface AuditEvent {
  readonly verb: string;
  readonly userAgent?: string;
  readonly requestURI: string;
  readonly stage: string;
  readonly user?: { readonly username?: string };
}

/** Whether there is one: only the cluster of this repository's test set-up writes an audit log that we can read. */
export const hasAuditLog = (): boolean => existsSync(FILE);

/** What the API server writes down of our requests from now on. */
export class AuditLog {
  readonly #before = statSync(FILE).size;

  events(): readonly AuditEvent[] {
    return this.#ended().filter(({ userAgent }) => userAgent?.startsWith('sre-orch/'));
  }

  /** What an account of the cluster asked for, by whatever program. */
  of(username: string): readonly AuditEvent[] {
    return this.#ended().filter(({ user }) => user?.username === username);
  }

  #ended(): readonly AuditEvent[] {
    return readFileSync(FILE)
      .subarray(this.#before)
      .toString('utf8')
      .split('\n')
      .filter((line) => line.startsWith('{') && line.endsWith('}'))
      .map((line) => JSON.parse(line) as AuditEvent)
      .filter(({ stage }) => stage === 'ResponseComplete');
  }

  /** Requests that did more than read. */
  writes(): readonly AuditEvent[] {
    return this.events().filter(({ verb }) => !READS.includes(verb));
  }
}
