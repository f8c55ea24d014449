import { expect, test } from 'vitest';
import { edgeSentence, hurtSentence, mechanismOf, sameTroubleSentence, troubleSentence } from '../../src/correlate/sentences.ts';
import type { Effect } from '../../src/domain/effect.ts';
import { objectRef } from '../../src/domain/object-ref.ts';
import type { EdgeType } from '../../src/topology/graph.ts';

const web = objectRef('Deployment', 'shop', 'web');
const node = objectRef('Node', undefined, 'n1');

test.each<[EdgeType, string]>([
  ['owned-by', 'Deployment web belongs to Node n1'],
  ['runs-as', 'Deployment web runs as Node n1'],
  ['selects', 'Deployment web sends its traffic to the pods of Node n1'],
  ['routes-to', 'Deployment web routes to Node n1'],
  ['calls', 'Deployment web calls Node n1'],
  ['mounts', 'Deployment web mounts Node n1'],
  ['reads', 'Deployment web reads Node n1'],
  ['uses', 'Deployment web uses Node n1'],
  ['runs-on', 'Deployment web has pods on Node n1'],
  ['binds', 'Deployment web is bound to Node n1'],
  ['provisioned-by', 'Deployment web is provisioned by Node n1'],
  ['admitted-by', 'Pods of Deployment web are admitted by Node n1'],
  ['resolves-with', 'Deployment web resolves names with Node n1'],
  ['scales', 'Deployment web scales Node n1'],
  ['restricted-by', 'Deployment web is restricted by Node n1'],
  ['depends-on', 'Deployment web depends on Node n1'],
])('an edge %s reads from the one that needs to the one that is needed', (type, sentence) => {
  expect(edgeSentence(type, web, node)).toBe(sentence);
});

test.each<[Effect, string | undefined]>([
  ['misconfigured', 'Deployment web reads Node n1'],
  ['quota-exhausted', 'Node n1 leaves no room for Deployment web'],
  ['admission-blocked', 'Node n1 refuses what Deployment web creates'],
  ['not-created', 'Node n1 keeps the pods of Deployment web from being created'],
  ['node-down', 'Deployment web has pods on Node n1'],
  ['node-pressure', 'Deployment web has pods on Node n1'],
  ['network-degraded', 'Deployment web depends on the network of Node n1'],
  ['node-excluded', 'Pods of Deployment web cannot be placed on Node n1'],
  ['claim-unbound', 'Deployment web waits for Node n1'],
  ['volume-unusable', 'Deployment web cannot use Node n1'],
  ['traffic-blocked', 'Node n1 blocks traffic of Deployment web'],
  ['certificate-invalid', 'Deployment web relies on the certificate of Node n1'],
  ['control-plane-down', 'Deployment web waits for Node n1'],
  ['dns-down', 'Deployment web resolves names with Node n1'],
  ['unavailable', 'Deployment web needs Node n1, which does not serve'],
  ['crashing', undefined],
])('%s names the blamed and the hurt in their places', (effect, sentence) => {
  expect(hurtSentence(effect, node, web)).toBe(sentence);
});

test('namespaces are told where they differ, and what is not in the API is known by its name', () => {
  const api = objectRef('Service', 'bank', 'api');
  expect(sameTroubleSentence(api, web)).toBe('Deployment shop/web has the same trouble with Service bank/api');
  expect(troubleSentence(objectRef('External', undefined, 'docker.io'), web)).toBe('Deployment web is in trouble through docker.io');
});

test('of further objects the number is told', () => {
  const on = (...names: string[]) => mechanismOf({ mechanism: 'It crashes', subjects: names.map((name) => objectRef('Pod', 'shop', name)) });
  expect([on('a'), on('a', 'b'), on('a', 'b', 'c')]).toEqual(['It crashes', 'It crashes (the same on 1 more Pod)', 'It crashes (the same on 2 more Pods)']);
});
