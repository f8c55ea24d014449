import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import type { Report } from '../src/domain/report.ts';
import { Release } from '../test/on-cluster/chart/release.ts';
import { kubectl } from '../test/on-cluster/kubectl.ts';
import { evenly, within } from './load.ts';
import { keepRows } from './results.ts';

/**
 * What the chart takes on a cluster, by the cluster's own metrics and with the chart's limits in force: memory under the load of
 * bench/server.ts, processor time at a team's pace, and the time of an investigation through the agent.
 * SRE_ORCH_IMAGE names the image. With `--large NAMESPACE`, on a cluster of thousands of pods, only the last is measured.
 */
const { values } = parseArgs({
  options: { seconds: { type: 'string', default: '180' }, pace: { type: 'string', default: '180' }, large: { type: 'string' } },
});
const PORT = 31_190;
const MIB = 2 ** 20;
/** The cluster measures every quarter of a minute. */
const LOOK_MS = 5_000;

interface Usage {
  readonly cpu: number;
  readonly mib: number;
}

interface PodUsage {
  readonly metadata: { readonly labels?: Readonly<Record<string, string>> };
  readonly containers: readonly { readonly usage: { readonly cpu: string; readonly memory: string } }[];
}

const CPU_UNITS: Readonly<Record<string, number>> = { n: 1e-9, u: 1e-6, m: 1e-3 };
const cpuOf = (quantity: string): number => Number.parseFloat(quantity) * (CPU_UNITS[quantity.at(-1) ?? ''] ?? 1);
const mibOf = (quantity: string): number => (Number.parseFloat(quantity) * (quantity.endsWith('Ki') ? 1_024 : quantity.endsWith('Mi') ? MIB : 1)) / MIB;

/** What orchestrator and agent use together, as metrics.k8s.io tells; undefined until both were measured. */
async function usage(namespace: string): Promise<Usage | undefined> {
  const { items } = JSON.parse(await kubectl('get', '--raw', `/apis/metrics.k8s.io/v1beta1/namespaces/${namespace}/pods`)) as { items: PodUsage[] };
  const both = items.filter(({ metadata }) => ['orchestrator', 'agent'].includes(metadata.labels?.['app.kubernetes.io/component'] ?? ''));
  if (both.length < 2) return undefined;
  const used = both.flatMap(({ containers }) => containers);
  return { cpu: used.reduce((sum, { usage: { cpu } }) => sum + cpuOf(cpu), 0), mib: used.reduce((sum, { usage: { memory } }) => sum + mibOf(memory), 0) };
}

/** Looks while the work goes on; what was measured before it began is left out. */
async function during<T>(namespace: string, work: () => Promise<T>): Promise<{ result: T; looks: Usage[] }> {
  const looks: Usage[] = [];
  const ended = new AbortController();
  const looking = (async () => {
    await sleep(30_000, undefined, { signal: ended.signal }).catch(() => undefined);
    while (!ended.signal.aborted) {
      const look = await usage(namespace).catch(() => undefined);
      if (look !== undefined) looks.push(look);
      await sleep(LOOK_MS, undefined, { signal: ended.signal }).catch(() => undefined);
    }
  })();
  const result = await work();
  ended.abort();
  await looking;
  return { result, looks };
}

const most = (looks: readonly Usage[], field: keyof Usage): number => Math.max(...looks.map((look) => look[field]));
const mean = (looks: readonly Usage[], field: keyof Usage): number => looks.reduce((sum, look) => sum + look[field], 0) / looks.length;

await using release = await Release.install('bench', PORT, { 'orchestrator.args': '{--queue=10000}' });
process.exitCode = (await (values.large === undefined ? measureUsage(release) : measureLarge(release, values.large))) ? 0 : 1;

async function measureUsage(release: Release): Promise<boolean> {
  const { namespace, headers } = release;
  const url = `http://127.0.0.1:${PORT}`;
  await kubectl('create', 'deployment', 'web', '-n', namespace, '--image=private/web:1');
  const json = { ...headers, 'content-type': 'application/json' };
  const post = { method: 'POST', path: '/api/v1/incidents', headers: json, body: JSON.stringify({ description: 'web does not start', namespace }) } as const;
  const ids: string[] = [];
  for (let n = 0; n < 20; n += 1) ids.push(await release.post(`web does not start, ${n}`, namespace));
  for (const id of ids) await release.ended(id);
  const reads = ids.flatMap((id) =>
    ['/api/v1/incidents?limit=20', `/api/v1/incidents/${id}`, '/api/v1/incidents?status=completed&limit=20', '/health'].map((path) => ({ path, headers })),
  );

  const pace = Number(values.pace);
  const atPace = await during(namespace, () =>
    Promise.all([
      evenly(url, 20, pace, reads),
      (async () => {
        for (let n = 0; n < pace / 10; n += 1) {
          await release.post('web does not start', namespace);
          await sleep(10_000);
        }
      })(),
    ]),
  );
  const seconds = Number(values.seconds);
  const underLoad = await during(namespace, () => Promise.all([evenly(url, 195, seconds, reads), evenly(url, 5, seconds, [post])]));

  const [read, posted] = underLoad.result;
  const load = `chart, 195 reads and 5 incidents a second for ${seconds} s`;
  const answered = read.total + posted.total;
  const failures = read.failures + posted.failures;
  const passed = keepRows('chart', [
    { what: 'chart, 20 reads a second and an incident every 10 s: processors of both pods', measured: mean(atPace.looks, 'cpu'), unit: 'CPU', budget: 0.5 },
    { what: 'chart, 20 reads a second and an incident every 10 s: memory of both pods', measured: most(atPace.looks, 'mib'), unit: 'MiB', budget: 512 },
    { what: `${load}: memory of both pods at its peak`, measured: most(underLoad.looks, 'mib'), unit: 'MiB', budget: 512 },
    {
      what: `${load}: answers that failed, of ${answered}, which are ${Math.round(answered / seconds)} a second`,
      measured: failures,
      unit: 'requests',
      budget: 0,
    },
  ]);
  process.stdout.write(
    `at a team's pace: reads p99 ${within(atPace.result[0], 0.99).toFixed(0)} ms, processors at most ${most(atPace.looks, 'cpu').toFixed(2)}; ` +
      `under load, with the limits on processors in force: reads p50 ${within(read, 0.5).toFixed(0)} ms, p99 ${within(read, 0.99).toFixed(0)} ms, ` +
      `incidents accepted p99 ${within(posted, 0.99).toFixed(0)} ms, processors ${mean(underLoad.looks, 'cpu').toFixed(2)}\n`,
  );
  return passed;
}

/** The median of five, after one that is not counted. */
async function measureLarge(release: Release, namespace: string): Promise<boolean> {
  const times: number[] = [];
  for (let n = 0; n < 6; n += 1) {
    const report = (await release.ended(await release.post('something does not answer', namespace))) as unknown as Report;
    if (report.status !== 'completed') throw new Error(`${report.incident_id} is ${report.status}`);
    if (n > 0) times.push(report.engine.duration_ms);
  }
  times.sort((a, b) => a - b);
  const pods = (await kubectl('get', 'pods', '-A', '-o', 'name')).trim().split('\n').length;
  const inNamespace = (await kubectl('get', 'pods', '-n', namespace, '-o', 'name')).trim().split('\n').length;
  const what = `agent: a namespace of ${inNamespace} of ${pods} pods, investigated through it`;
  return keepRows('agent', [{ what, measured: times[2] ?? Number.NaN, unit: 'ms', budget: 3_000 }]);
}
