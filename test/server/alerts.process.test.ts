import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import type { IncidentDetail } from '../../src/protocol/incidents.ts';
import { aServer } from './a-server.ts';

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as { port: number };
  server.close();
  return port;
}

/** The program itself, posting to a server of ours. */
async function alertmanager(target: string, key: string): Promise<AsyncDisposable & { readonly url: string }> {
  const folder = mkdtempSync(join(tmpdir(), 'alertmanager-'));
  const receiver = { url: `${target}/api/v1/alerts`, http_config: { authorization: { credentials: key } } };
  const config = {
    route: { receiver: 'sre-orch', group_by: ['namespace'], group_wait: '100ms', group_interval: '1s', repeat_interval: '1h' },
    receivers: [{ name: 'sre-orch', webhook_configs: [receiver] }],
  };
  writeFileSync(join(folder, 'config.yml'), JSON.stringify(config));
  const port = await freePort();
  const flags = [`--config.file=${folder}/config.yml`, `--storage.path=${folder}/data`, `--web.listen-address=127.0.0.1:${port}`, '--cluster.listen-address='];
  const child = spawn('prometheus-alertmanager', flags, { stdio: 'ignore' });
  const url = `http://127.0.0.1:${port}`;
  for (
    let n = 0;
    n < 200 &&
    !(await fetch(`${url}/-/ready`).then(
      ({ ok }) => ok,
      () => false,
    ));
    n += 1
  )
    await sleep(50);
  return {
    url,
    async [Symbol.asyncDispose]() {
      child.kill('SIGKILL');
      await once(child, 'exit');
    },
  };
}

test('a real Alertmanager: what fires becomes one incident with its alerts, and what is over is closed', async () => {
  await using server = aServer({ byKeys: true });
  const [key, target] = [server.key({ role: 'operator' }), await server.app.listen({ host: '127.0.0.1', port: 0 })];
  await using manager = await alertmanager(target, key);
  const tell = (pods: string[], endsAt?: string) =>
    fetch(`${manager.url}/api/v2/alerts`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(
        pods.map((pod) => ({
          labels: { alertname: 'KubePodCrashLooping', namespace: 'orders', pod },
          annotations: { summary: 'it restarts' },
          ...(endsAt && { endsAt }),
        })),
      ),
    });
  const detail = async (): Promise<IncidentDetail | undefined> => {
    const answer = await fetch(`${target}/api/v1/incidents/last`, { headers: { authorization: `Bearer ${key}` } });
    return answer.ok ? ((await answer.json()) as IncidentDetail) : undefined;
  };
  const until = async (isSo: (detail: IncidentDetail) => boolean): Promise<IncidentDetail> => {
    for (let n = 0; n < 200; n += 1) {
      const found = await detail();
      if (found !== undefined && isSo(found)) return found;
      await sleep(50);
    }
    throw new Error(`it did not come to that: ${JSON.stringify(await detail())?.slice(0, 500)}`);
  };
  expect((await tell(['checkout-1', 'checkout-2'])).status).toBe(200);
  const fired = await until(({ alerts, status }) => alerts.length === 2 && status === 'completed');
  expect(fired.description).toBe('KubePodCrashLooping of pod checkout-1, KubePodCrashLooping of pod checkout-2 in orders');
  expect(fired.alerts).toMatchObject([{ status: 'firing', namespace: 'orders', ended_at: null }, { status: 'firing' }]);
  await tell(['checkout-1', 'checkout-2'], new Date(Date.now() - 1_000).toISOString());
  const closed = await until(({ alerts }) => alerts.every(({ status }) => status === 'resolved'));
  expect(closed.incident_id).toBe(fired.incident_id);
  expect(await server.store.list({})).toHaveLength(1);
}, 30_000);
