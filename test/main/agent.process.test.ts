import { expect, test } from 'vitest';
import { SHOP } from '../cluster/fixture.ts';
import { openFakeApiServer } from '../cluster/live/fake-api-server.ts';
import { expectCode, Home } from './program.ts';

test('an agent that is told to end answers until it is drained, and says that it is not ready', async () => {
  using home = new Home();
  const allowed = { status: 201, body: JSON.stringify({ status: { allowed: true } }) };
  await using api = await openFakeApiServer({ fixture: SHOP, fault: ({ path }) => (path.endsWith('/selfsubjectaccessreviews') ? allowed : undefined) });
  const agent = home.start(['agent', '--listen', '127.0.0.1:0', '--drain', '2s', '--kubeconfig', api.kubeconfig]);
  const [, url] = await agent.saysOnStderr(/^listening on (\S+)/m);
  const status = async (path: string): Promise<number> => (await fetch(`${url}${path}`)).status;
  await expect.poll(() => status('/readyz'), { timeout: 10_000 }).toBe(200);
  agent.kill('SIGTERM');
  await expect.poll(() => status('/readyz'), { timeout: 1_500 }).toBe(503);
  expect(await status('/api/v1/pods/shop/checkout-1')).toBe(200);
  expectCode(await agent.ended, 0);
});
