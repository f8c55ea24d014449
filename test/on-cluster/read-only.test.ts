import { describe, expect, test } from 'vitest';
import { AuditLog, hasAuditLog } from './audit-log.ts';
import { investigate } from './kubectl.ts';

// Elsewhere there is nothing to assert on.
describe.runIf(hasAuditLog())('what the API server saw of an investigation', () => {
  test('only get, list and watch, and at most 60 requests', async () => {
    const audit = new AuditLog();
    const report = await investigate('is anything wrong?', '-n', 'kube-system');
    const events = audit.events();
    expect(events.length).toBeGreaterThan(5);
    expect(audit.writes()).toEqual([]);
    expect(events.length).toBeLessThanOrEqual(60);
    expect(events.filter(({ requestURI }) => /\/secrets\b/.test(requestURI))).toEqual([]);
    expect(report.engine.api_requests).toBeLessThanOrEqual(60);
  });
});
