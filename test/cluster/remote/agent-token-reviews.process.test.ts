import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { reviewingIdentify } from '../../../src/auth/token-review.ts';
import { openAgentTokenReviews } from '../../../src/cluster/remote/agent-token-reviews.ts';

let server: Server;
let url: string;
let asked: { path: string | undefined; body: unknown }[] = [];
beforeAll(async () => {
  server = createServer(async (request, response) => {
    let text = '';
    for await (const chunk of request) text += String(chunk);
    const body = JSON.parse(text) as { token: string };
    asked.push({ path: request.url, body });
    const known = { authenticated: true, username: 'system:serviceaccount:shop:pager', groups: ['system:serviceaccounts'], audiences: ['sre-orch'] };
    const answers: Readonly<Record<string, [number, object]>> = {
      known: [200, known],
      unknown: [200, { authenticated: false, username: null, groups: [], audiences: [] }],
      refused: [503, { code: 'CLUSTER_READ_FAILED', message: 'The API server did not answer.' }],
    };
    const [status, answer] = answers[body.token] ?? [404, {}];
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(answer));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => void server.close());

describe('tokens of service accounts, by way of the agent', () => {
  test('are asked about once a minute, for the audience of the server', async () => {
    asked = [];
    const clock = { now: 0 };
    const identify = reviewingIdentify(await openAgentTokenReviews({ name: 'lab', url }, ['sre-orch']), () => clock.now);
    const pager = { from: 'kubernetes', user: 'system:serviceaccount:shop:pager', groups: ['system:serviceaccounts'] };
    expect([await identify('known'), await identify('known')]).toEqual([pager, pager]);
    expect(asked).toEqual([{ path: '/api/v1/tokenreviews', body: { token: 'known', audiences: ['sre-orch'] } }]);
    clock.now += 60_001;
    await identify('known');
    expect(asked).toHaveLength(2);
  });

  test('that the cluster does not know are nobody, and looked at again after ten seconds', async () => {
    asked = [];
    const clock = { now: 0 };
    const identify = reviewingIdentify(await openAgentTokenReviews({ name: 'lab', url }, ['sre-orch']), () => clock.now);
    expect([await identify('unknown'), await identify('unknown')]).toEqual([undefined, undefined]);
    clock.now += 10_001;
    await identify('unknown');
    expect(asked).toHaveLength(2);
  });

  test.each([
    ['refused', 'The API server did not answer'],
    ['elsewhere', 'answers with HTTP 404'],
  ])('where nobody can tell (%s): said so, and not taken for a refusal', async (token, reason) => {
    const identify = reviewingIdentify(await openAgentTokenReviews({ name: 'lab', url }, ['sre-orch']), () => 0);
    await expect(identify(token)).rejects.toMatchObject({ code: 'IDENTITY_UNREACHABLE', message: expect.stringContaining(reason) });
  });
});
