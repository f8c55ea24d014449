import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import type { InvestigationEvent } from '../../src/domain/investigation-event.ts';
import { aServer } from './a-server.ts';

const LOCAL = { host: 'localhost' };

describe('/metrics', () => {
  test('tells requests by route, investigations, the queue, and nothing of what was asked', async () => {
    await using server = aServer();
    await server.app.inject({ method: 'POST', url: '/api/v1/incidents', headers: LOCAL, payload: { description: 'zanzibar is failing', namespace: 'pemba' } });
    while ((await server.store.list({ status: 'completed' })).length === 0) await sleep(5);
    await server.app.inject({ url: '/api/v1/incidents/inc-zanzibar', headers: LOCAL });
    await server.app.inject({ url: '/zanzibar', headers: LOCAL });
    const { body, headers } = await server.app.inject({ url: '/metrics', headers: LOCAL });
    expect(headers['content-type']).toBe('text/plain; version=0.0.4; charset=utf-8');
    expect(body).toContain('sre_orch_http_request_duration_seconds_count{method="POST",route="/api/v1/incidents",status="202"} 1');
    expect(body).toContain('route="/api/v1/incidents/:id",status="404"} 1');
    expect(body).toContain('method="other",route="none",status="404"} 1');
    expect(body).toContain('sre_orch_investigations_total{status="completed",verdict="root-cause-found"} 1');
    expect(body).toMatch(/^sre_orch_queue_waiting 0$/m);
    expect(body).toMatch(/^process_resident_memory_bytes \d+$/m);
    expect(body).not.toMatch(/zanzibar|pemba|inc-/);
  });

  test('an engine that fails is counted as failed', async () => {
    await using server = aServer({ investigate: failing });
    await server.app.inject({ method: 'POST', url: '/api/v1/incidents', headers: LOCAL, payload: { description: 'x' } });
    while ((await server.store.list({ status: 'failed' })).length === 0) await sleep(5);
    const { body } = await server.app.inject({ url: '/metrics', headers: LOCAL });
    expect(body).toContain('sre_orch_investigations_total{status="failed",verdict="none"} 1');
  });
});

async function* failing(): AsyncGenerator<InvestigationEvent> {
  yield { type: 'stage-started', stage: 'entities', at: '2026-01-31T10:00:00.000Z' };
  throw new Error('no');
}
