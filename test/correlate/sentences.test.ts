import { expect, test } from 'vitest';
import { edgeSentence, hurtSentence } from '../../src/correlate/sentences.ts';
import type { Effect } from '../../src/domain/effect.ts';
import { objectRef } from '../../src/domain/object-ref.ts';
import type { EdgeType } from '../../src/topology/graph.ts';

const web = objectRef('Deployment', 'shop', 'web');
const node = objectRef('Node', undefined, 'n1');

test.each<[EdgeType, string]>([
  ['owned-by', 'Deployment shop/web belongs to Node n1'],
  ['runs-as', 'Deployment shop/web runs as Node n1'],
  ['selects', 'Deployment shop/web sends its traffic to the pods of Node n1'],
  ['routes-to', 'Deployment shop/web routes to Node n1'],
  ['calls', 'Deployment shop/web calls Node n1'],
  ['mounts', 'Deployment shop/web mounts Node n1'],
  ['reads', 'Deployment shop/web reads Node n1'],
  ['uses', 'Deployment shop/web uses Node n1'],
  ['runs-on', 'Deployment shop/web has pods on Node n1'],
  ['binds', 'Deployment shop/web is bound to Node n1'],
  ['provisioned-by', 'Deployment shop/web is provisioned by Node n1'],
  ['admitted-by', 'pods of Deployment shop/web are admitted by Node n1'],
  ['resolves-with', 'Deployment shop/web resolves names with Node n1'],
  ['scales', 'Deployment shop/web scales Node n1'],
  ['restricted-by', 'Deployment shop/web is restricted by Node n1'],
  ['depends-on', 'Deployment shop/web depends on Node n1'],
])('an edge %s reads from the one that needs to the one that is needed', (type, sentence) => {
  expect(edgeSentence(type, web, node)).toBe(sentence);
});

test.each<[Effect, string | undefined]>([
  ['quota-exhausted', 'Node n1 leaves no room for Deployment shop/web'],
  ['admission-blocked', 'Node n1 refuses what Deployment shop/web creates'],
  ['not-created', 'Node n1 keeps the pods of Deployment shop/web from being created'],
  ['node-down', 'Deployment shop/web has pods on Node n1'],
  ['node-pressure', 'Deployment shop/web has pods on Node n1'],
  ['network-degraded', 'Deployment shop/web depends on the network of Node n1'],
  ['node-excluded', 'pods of Deployment shop/web cannot be placed on Node n1'],
  ['claim-unbound', 'Deployment shop/web waits for Node n1'],
  ['volume-unusable', 'Deployment shop/web cannot use Node n1'],
  ['traffic-blocked', 'Node n1 blocks traffic of Deployment shop/web'],
  ['certificate-invalid', 'Deployment shop/web relies on the certificate of Node n1'],
  ['control-plane-down', 'Deployment shop/web waits for Node n1'],
  ['dns-down', 'Deployment shop/web resolves names with Node n1'],
  ['crashing', undefined],
])('%s names the blamed and the hurt in their places', (effect, sentence) => {
  expect(hurtSentence(effect, node, web)).toBe(sentence);
});
