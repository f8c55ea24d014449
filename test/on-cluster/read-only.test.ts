import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { investigate } from './kubectl.ts';

const AUDIT_LOG = join(process.env['CLUSTER_HOME'] ?? '/tmp/sre-cluster', 'log/audit.log');

interface AuditEvent {
  readonly verb: string;
  readonly userAgent?: string;
  readonly requestURI: string;
  readonly stage: string;
}

// Only the cluster of this repository's test set-up writes an audit log that we can read; elsewhere there is nothing to assert on.
describe.runIf(existsSync(AUDIT_LOG))('what the API server saw of an investigation', () => {
  test('only get, list and watch, and at most 60 requests', async () => {
    const before = readFileSync(AUDIT_LOG, 'utf8').length;
    const report = await investigate('is anything wrong?', '-n', 'kube-system');
    const events = readFileSync(AUDIT_LOG, 'utf8')
      .slice(before)
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => JSON.parse(line) as AuditEvent)
      .filter(({ userAgent, stage }) => userAgent?.startsWith('sre-orch/') && stage === 'ResponseComplete');
    expect(events.length).toBeGreaterThan(5);
    expect([...new Set(events.map(({ verb }) => verb))].filter((verb) => !['get', 'list', 'watch'].includes(verb))).toEqual([]);
    expect(events.length).toBeLessThanOrEqual(60);
    expect(events.filter(({ requestURI }) => /\/secrets\b/.test(requestURI))).toEqual([]);
    expect(report.engine.api_requests).toBeLessThanOrEqual(60);
  });
});
