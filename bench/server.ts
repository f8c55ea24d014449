import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { evenly, within } from './load.ts';
import { keepRows } from './results.ts';

/** The load of the design on `serve`: 195 reads and 5 accepted incidents a second, two investigations at a time. `--seconds 300` for the real figure. */
const { values } = parseArgs({ options: { seconds: { type: 'string', default: '300' }, store: { type: 'string' }, snapshot: { type: 'string' } } });
const seconds = Number(values.seconds);
const ROOT = join(import.meta.dirname, '..');
const SNAPSHOT = values.snapshot ?? join(ROOT, 'examples/shop-outage');
const READS = 195;
const POSTS = 5;

const home = mkdtempSync(join(tmpdir(), 'sre-orch-load-'));
const flags = ['--listen', '127.0.0.1:0', '--queue', '10000', '--snapshot', SNAPSHOT, '--data-dir', home];
const store = values.store === undefined ? [] : ['--store', values.store];
const server = spawn(process.execPath, [join(ROOT, 'bin/sre-orch.js'), 'serve', ...flags, ...store], { stdio: ['ignore', 'ignore', 'pipe'] });
const url = await new Promise<string>((listening, failed) => {
  let said = '';
  server.stderr.setEncoding('utf8').on('data', (text: string) => {
    if (said.length > 100_000) return;
    said += text;
    const [, address] = /^listening on (http:\S+?);? /m.exec(said) ?? [];
    if (address !== undefined) listening(address);
  });
  server.once('exit', (code) => failed(new Error(`the server ended with ${code}: ${said}`)));
});

const memory = (field: 'VmRSS' | 'VmHWM'): number =>
  Math.round(Number(new RegExp(`^${field}:\\s+(\\d+) kB`, 'm').exec(readFileSync(`/proc/${server.pid}/status`, 'utf8'))?.[1] ?? 0) / 1024);
const cpuSeconds = (): number => {
  const stat = readFileSync(`/proc/${server.pid}/stat`, 'utf8');
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return (Number(fields[11]) + Number(fields[12])) / 100;
};
const accept = async (description: string): Promise<string> => {
  const headers = { 'content-type': 'application/json' };
  const answer = await fetch(`${url}/api/v1/incidents`, { method: 'POST', headers, body: JSON.stringify({ description }) });
  return ((await answer.json()) as { incident_id: string }).incident_id;
};
const waitingFor = async (status: string): Promise<number> =>
  ((await (await fetch(`${url}/api/v1/incidents?status=${status}&limit=200`)).json()) as { items: unknown[] }).items.length;

await sleep(2_000);
const idle = memory('VmRSS');
const ids: string[] = [];
for (let n = 0; n < 20; n += 1) ids.push(await accept(`checkout is failing, ${n}`));
while ((await waitingFor('completed')) < ids.length) await sleep(200);

const reads = ids.flatMap((id) => [
  { path: '/api/v1/incidents?limit=20' },
  { path: `/api/v1/incidents/${id}` },
  { path: '/api/v1/incidents?status=completed&limit=20' },
  { path: '/health' },
]);
const post = {
  method: 'POST',
  path: '/api/v1/incidents',
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify({ description: 'checkout is failing' }),
} as const;
/** How many requests took at most so many milliseconds, by the server's own count: without the wait of who asks and of the kernel. */
const counted = async (): Promise<Map<number, number>> => {
  const sums = new Map<number, number>();
  for (const [, bound, n] of (await (await fetch(`${url}/metrics`)).text()).matchAll(
    /^sre_orch_http_request_duration_seconds_bucket\{le="([^"]+)".*?\} (\d+)$/gm,
  )) {
    const le = bound === '+Inf' ? Number.POSITIVE_INFINITY : Number(bound) * 1_000;
    sums.set(le, (sums.get(le) ?? 0) + Number(n));
  }
  return sums;
};
const countedBefore = await counted();
const [before, startedAt] = [cpuSeconds(), performance.now()];
const [read, posted] = await Promise.all([evenly(url, READS, seconds, reads), evenly(url, POSTS, seconds, [post])]);
const since = [...(await counted())].map(([le, n]) => [le, n - (countedBefore.get(le) ?? 0)] as const).sort(([a], [b]) => a - b);
const inside = since.find(([, n]) => n >= 0.99 * (since.at(-1)?.[1] ?? 0))?.[0] ?? Number.POSITIVE_INFINITY;
const cpu = (cpuSeconds() - before) / ((performance.now() - startedAt) / 1_000);
const peak = memory('VmHWM');
server.kill('SIGTERM');
await new Promise((ended) => server.once('exit', ended));
rmSync(home, { recursive: true, force: true });

const failures = read.failures + posted.failures;
const total = read.total + posted.total;
const what = `server, ${READS} reads and ${POSTS} incidents a second for ${seconds} s`;
const passed = keepRows('server', [
  { what: 'server, idle: memory', measured: idle, unit: 'MiB', budget: 120 },
  { what: `${what}: reads (p99)`, measured: within(read, 0.99), unit: 'ms', budget: 50 },
  { what: `${what}: incidents accepted (p99)`, measured: within(posted, 0.99), unit: 'ms', budget: 50 },
  { what: `${what}: all, by the server's own count (p99, at most)`, measured: inside, unit: 'ms', budget: 50 },
  { what: `${what}: memory at its peak`, measured: peak, unit: 'MiB', budget: 256 },
  { what: `${what}: answers that failed, of ${total}`, measured: failures, unit: 'requests', budget: 0 },
]);
process.stdout.write(`p50 ${within(read, 0.5).toFixed(1)} ms, longest ${within(read, 1).toFixed(0)} ms, ${cpu.toFixed(2)} of a core\n`);
process.exitCode = passed ? 0 : 1;
