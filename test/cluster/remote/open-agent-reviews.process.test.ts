import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { agentFor, readAgentsFile } from '../../../src/cluster/remote/agents-file.ts';
import { openAgentReviews } from '../../../src/cluster/remote/open-agent-reviews.ts';
import { anAgent } from '../../agent/an-agent.ts';
import { SHOP } from '../fixture.ts';

const { signal } = new AbortController();
const PODS = { verb: 'list', group: '', resource: 'pods' } as const;

test('what the agent does not hand out is missing, and what it has not found out is not granted', async () => {
  await using agent = await anAgent({ fixture: SHOP, namespaces: ['shop'] });
  const path = join(agent.folder, 'agents.yaml');
  writeFileSync(path, `agents: {default: {url: ${agent.url}}}`);
  await using reviews = await openAgentReviews(agentFor(undefined, await readAgentsFile(path, [])));
  const [inShop, inPay] = [
    { ...PODS, namespace: 'shop' },
    { ...PODS, namespace: 'pay' },
  ];
  expect(await reviews.review([inShop, inPay, PODS], signal)).toEqual({
    missing: [inPay, PODS],
    undecided: [{ permission: inShop, reason: expect.any(String) }],
  });
});
