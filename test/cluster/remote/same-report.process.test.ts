import { beforeAll, describe, expect, test } from 'vitest';
import { openLiveReader } from '../../../src/cluster/live/open-live-reader.ts';
import type { ClusterReader } from '../../../src/cluster/reader.ts';
import { openRemoteReader } from '../../../src/cluster/remote/open-remote-reader.ts';
import type { Report } from '../../../src/domain/report.ts';
import { type AnAgentOptions, anAgent } from '../../agent/an-agent.ts';
import { type Engine, openEngine } from '../../scenario-runner/engine.ts';
import { failure } from '../live/fake-api-server.ts';
import { type RecordedCluster, recordedCluster } from './recorded-cluster.ts';

const { signal } = new AbortController();
let engine: Engine;

beforeAll(async () => {
  engine = await openEngine();
});

const ask = (reader: ClusterReader, namespace: string): Promise<Report> => engine(reader, { ask: 'what is wrong here?', namespace });

async function throughAgent(
  { fixture, namespace, now }: RecordedCluster,
  options: Partial<AnAgentOptions> & { readonly timeoutMs?: number } = {},
): Promise<Report> {
  await using agent = await anAgent({ fixture, now, ...options });
  await using reader = await openRemoteReader({ agent: { name: 'lab', url: agent.url }, signal, timeoutMs: options.timeoutMs ?? 15_000 });
  return await ask(reader, namespace);
}

async function live({ fixture, namespace, now }: RecordedCluster): Promise<Report> {
  await using agent = await anAgent({ fixture, now });
  await using reader = await openLiveReader({ kubeconfig: agent.api.kubeconfig, env: {}, now });
  return await ask(reader, namespace);
}

/** What a reader of the report learns; the order in which evidence came in is of no meaning. */
const said = ({ verdict, root_causes, gaps, coverage, ruled_out }: Report): object => ({
  verdict,
  causes: root_causes.map(({ cause_id, object, mechanism, confidence, affected, chain }) => ({
    ...{ cause_id, object, mechanism, confidence, affected },
    chain: chain.map(({ from, to, mechanism: how }) => ({ from, to, how })),
  })),
  gaps,
  coverage: coverage.map((row) => JSON.stringify(row)).sort(),
  ruled_out: ruled_out.map((row) => ({ ...row, evidence_ids: [] })),
});

const CASES = ['missing-config-map', 'unschedulable-request', 'backend-not-ready-cascade'];

describe('through an agent', () => {
  test.each(CASES)('the report of %s is the one that is got directly, for as many requests', async (name) => {
    const cluster = await recordedCluster(name);
    const [direct, through] = [await live(cluster), await throughAgent(cluster)];
    expect(direct.root_causes.length).toBeGreaterThan(0);
    expect(said(through)).toEqual(said(direct));
    expect(through.engine.api_requests).toBeLessThanOrEqual(direct.engine.api_requests);
    expect(through.engine.api_requests).toBeLessThanOrEqual(60);
  });

  test.each<[string, NonNullable<AnAgentOptions['fault']>, number, string?]>([
    ['logs are forbidden', ({ path }) => (path.endsWith('/log') ? failure(403, 'Forbidden', 'no') : undefined), 15_000, 'backend-not-ready-cascade'],
    ['ConfigMaps are forbidden', ({ path }) => (path.includes('/configmaps') ? failure(403, 'Forbidden', 'no') : undefined), 15_000],
    ['the API server hangs up on every list of pods', ({ path }) => (path.endsWith('/pods') ? 'reset' : undefined), 15_000],
    ['the API server answers garbage', ({ path }) => (path === '/version' ? undefined : { status: 200, body: '<html>' }), 15_000],
    ['events come late', ({ path }) => (path.endsWith('/events') ? 'hang' : undefined), 500],
  ])('where %s, the report names what it did not see and no other cause', async (_what, fault, timeoutMs, name = 'missing-config-map') => {
    const cluster = await recordedCluster(name);
    const whole = await live(cluster);
    const report = await throughAgent(cluster, { fault, timeoutMs });
    expect(report.gaps.length).toBeGreaterThan(0);
    const right = whole.root_causes.map(({ cause_id }) => cause_id);
    expect(report.root_causes.filter(({ cause_id, confidence_score }) => confidence_score === 'high' && !right.includes(cause_id))).toEqual([]);
    expect(report.verdict).not.toBe('no-fault-found');
  });

  test('an agent that goes away in the middle leaves a report with gaps', async () => {
    const { fixture, namespace, now } = await recordedCluster('missing-config-map');
    const whole = await live({ fixture, namespace, now });
    let seen = 0;
    const agent = await anAgent({
      fixture,
      now,
      fault: () => {
        if (++seen === 12) void agent.stop();
        return undefined;
      },
    });
    await using reader = await openRemoteReader({ agent: { name: 'lab', url: agent.url }, signal, timeoutMs: 2_000 });
    const report = await ask(reader, namespace);
    expect(report.gaps.map(({ detail }) => detail).join()).toContain('the agent');
    const right = whole.root_causes.map(({ cause_id }) => cause_id);
    expect(report.root_causes.filter(({ cause_id }) => !right.includes(cause_id))).toEqual([]);
    await agent[Symbol.asyncDispose]();
  });
});
