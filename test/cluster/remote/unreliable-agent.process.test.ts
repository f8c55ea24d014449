import { beforeAll, describe, expect, test } from 'vitest';
import { openRemoteReader } from '../../../src/cluster/remote/open-remote-reader.ts';
import type { Report } from '../../../src/domain/report.ts';
import { anAgent } from '../../agent/an-agent.ts';
import { type Engine, openEngine } from '../../scenario-runner/engine.ts';
import { type RecordedCluster, recordedCluster } from './recorded-cluster.ts';
import { type Asked, type Garbled, unreliableWay } from './unreliable-way.ts';

const { signal } = new AbortController();
/** Far less than the time that an investigation may take. */
const AT_MOST_MS = 15_000;
/** In place of the 15 s that a read waits. */
const WAITS_MS = 400;
type Way = Parameters<typeof unreliableWay>[1];

let engine: Engine;
let cluster: RecordedCluster;
let right: string[];

beforeAll(async () => {
  engine = await openEngine();
  cluster = await recordedCluster('missing-config-map');
  right = causesOf((await investigated(() => 'pass')).report);
}, 60_000);

const causesOf = ({ root_causes: causes }: Report): string[] => causes.map(({ cause_id: cause, object }) => `${cause} ${object.kind}/${object.name}`);

async function investigated(garble: Way): Promise<{ report: Report; ms: number; requests: number }> {
  const { fixture, now, namespace } = cluster;
  await using agent = await anAgent({ fixture, now });
  await using way = await unreliableWay(agent.url, garble);
  await using reader = await openRemoteReader({ agent: { name: 'lab', url: way.url }, signal, timeoutMs: WAITS_MS });
  const startedAt = performance.now();
  const report = await engine(reader, { ask: 'what is wrong here?', namespace });
  return { report, ms: performance.now() - startedAt, requests: way.requests() };
}

const page = (body: string, more: object = {}): Garbled => ({ status: 200, headers: { 'content-type': 'text/html' }, body: Buffer.from(body), ...more });
const isList = ({ path }: Asked): boolean => /\/objects\/\w+(?:\?|$)/.test(path);

/** The answer, with something done to each object of it. */
function changed(asked: Asked, change: (object: Record<string, unknown>) => void): Garbled {
  const body = JSON.parse(asked.answer.body.toString()) as { items?: Record<string, unknown>[]; object?: Record<string, unknown> };
  for (const object of [...(body.items ?? []), ...(body.object === undefined ? [] : [body.object])]) change(object);
  return { body: Buffer.from(JSON.stringify(body)) };
}

/** Every text a number, every list a text, every number an object: below the name of an object nothing is as Kubernetes has it. */
function misshapen(value: unknown, depth = 0): unknown {
  if (typeof value === 'string') return depth % 2 === 0 ? 7 : null;
  if (typeof value === 'number') return { value };
  if (Array.isArray(value)) return depth % 2 === 0 ? 'a list' : [null, ...value.map((each) => misshapen(each, depth + 1)), 3];
  if (typeof value !== 'object' || value === null) return [];
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, misshapen(each, depth + 1)]));
}

const WAYS: [string, Way][] = [
  ['a page of a proxy for every answer', () => page('<html>Sign in</html>')],
  ['a redirect for every answer', () => page('', { status: 302, headers: { location: 'https://login.example/' } })],
  ['nothing at all', () => page('')],
  ['JSON that ends in the middle', ({ answer }) => ({ body: answer.body.subarray(0, answer.body.length / 2) })],
  ['connections that break off in the body', () => 'half'],
  ['connections that are closed', () => 'reset'],
  ['no answer in time', () => 'hang'],
  ['an answer that says it is packed, and is not', () => ({ headers: { 'content-type': 'application/json', 'content-encoding': 'gzip' } })],
  ['brackets without an end', () => ({ body: Buffer.from('['.repeat(500_000)) })],
  ['JSON of another service', () => ({ body: Buffer.from('{"items":"many","data":{"result":[]}}') })],
  ['objects of another kind', (asked) => changed(asked, (object) => Object.assign(object, { kind: 'Event' }))],
  ['objects of another namespace', (asked) => changed(asked, ({ metadata }) => Object.assign(metadata as object, { namespace: 'elsewhere' }))],
  [
    'objects in another shape',
    (asked) => changed(asked, (object) => Object.assign(object, { spec: misshapen(object['spec']), status: misshapen(object['status']) })),
  ],
  [
    'objects without labels, owners and times as they should be',
    (asked) =>
      changed(asked, ({ metadata }) =>
        Object.assign(metadata as object, { labels: 'app', annotations: [1], ownerReferences: { kind: 3 }, creationTimestamp: {}, uid: [] }),
      ),
  ],
  [
    'a list that goes on for ever',
    (asked) => (isList(asked) ? { body: Buffer.from('{"items":[],"continue":"again","problems":[],"read_at":"2026-01-01T00:00:00Z"}') } : 'pass'),
  ],
  [
    'a refusal of the caller, from some time on',
    ({ before }) => (before < 10 ? 'pass' : { status: 401, body: Buffer.from('{"code":"CALLER_UNKNOWN","message":"Who is this?"}') }),
  ],
  ['garbage for every third answer', ({ before }) => (before % 3 === 0 ? page('\u0000\u0001{') : 'pass')],
  ['no answer to every third question', ({ before }) => (before % 3 === 0 ? 'hang' : 'pass')],
];

describe('an agent that cannot be relied on', () => {
  test('is one that could name something', () => expect(right).toEqual(['config-map-not-found Deployment/mailer']));

  test.each(WAYS)('%s: a report with named gaps, soon, and nothing certain that is wrong', async (_what, garble) => {
    const { report, ms } = await investigated(garble);
    expect(ms).toBeLessThan(AT_MOST_MS);
    expect(report.gaps.length).toBeGreaterThan(0);
    expect(report.gaps.filter(({ what, needs }) => what === '' || needs === '')).toEqual([]);
    expect(causesOf(report).filter((cause) => !right.includes(cause))).toEqual([]);
    expect(report.verdict).not.toBe('no-fault-found');
  });

  test('an agent that is slow, but not too slow, leaves out nothing', async () => {
    const { report } = await investigated(() => ({ afterMs: WAITS_MS / 4 }));
    expect(causesOf(report)).toEqual(right);
  });

  test('an agent that is started anew in the middle is waited for', async () => {
    const { report } = await investigated(({ before }, way) => {
      if (before === 12) way.pause(600);
      return 'pass';
    });
    expect(causesOf(report)).toEqual(right);
  });

  test('one that does not answer at all is not asked again and again', async () => {
    const { report, requests, ms } = await investigated(() => 'hang');
    // Five at once wait in vain, and all that comes after is told so.
    expect(requests).toBeLessThanOrEqual(10);
    expect(ms).toBeLessThan(WAITS_MS * 5);
    expect(report.gaps.map(({ detail }) => detail)).toContain('the agent: no answer in time');
  });
});
