import { describe, expect, test } from 'vitest';
import type { Evidence } from '../../src/domain/evidence.ts';
import { objectRef } from '../../src/domain/object-ref.ts';
import { commandFor } from '../../src/report/where-to-look.ts';

const pod = objectRef('Pod', 'shop', 'web-1');
const of = (given: Partial<Evidence>): string | undefined =>
  commandFor({ id: 'ev-1', source: 'object', object: pod, field_path: null, excerpt: '', collected_at: '', ...given }, 200);

describe('where to look', () => {
  test.each<[string, Partial<Evidence>, string | undefined]>([
    ['a field', { field_path: 'status.phase' }, "kubectl get pod/web-1 -n shop -o jsonpath='{.status.phase}'"],
    [
      'an item by name',
      { field_path: 'status.conditions[type=Ready].message' },
      `kubectl get pod/web-1 -n shop -o jsonpath='{.status.conditions[?(@.type=="Ready")].message}'`,
    ],
    ['an item by number', { field_path: 'spec.rules[0].host' }, "kubectl get pod/web-1 -n shop -o jsonpath='{.spec.rules[0].host}'"],
    ['a path that kubectl could not follow', { field_path: "metadata.annotations['a/b']" }, 'kubectl get pod/web-1 -n shop -o yaml'],
    ['a whole object', {}, 'kubectl get pod/web-1 -n shop -o yaml'],
    ['a lookup', { source: 'lookup', object: objectRef('ConfigMap', 'shop', 'settings') }, 'kubectl get configmap/settings -n shop'],
    ['an event', { source: 'event' }, 'kubectl get events -n shop --field-selector involvedObject.name=web-1'],
    ['an event of a node', { source: 'event', object: objectRef('Node', undefined, 'n1') }, 'kubectl get events -A --field-selector involvedObject.name=n1'],
    ['a log', { source: 'log', container: 'app' }, 'kubectl logs web-1 -n shop -c app'],
    ['a log of the run before', { source: 'log', container: 'app', field_path: 'previous' }, 'kubectl logs web-1 -n shop -c app --previous'],
    ['a metric', { source: 'metric' }, undefined],
    ['what is not in the API', { object: objectRef('External', undefined, 'db.example.com') }, undefined],
    ['a name that a shell would run', { source: 'lookup', object: objectRef('Pod', 'shop', "x'; rm -rf ~") }, `kubectl get pod/'x'\\''; rm -rf ~' -n shop`],
    ['a name that kubectl would take for an option', { source: 'lookup', object: objectRef('Pod', '--all', 'x') }, `kubectl get pod/x -n '--all'`],
  ])('%s', (_, given, expected) => {
    expect(of(given)).toBe(expected);
  });

  test('shows the whole object where the field would make the line too long', () => {
    expect(commandFor({ id: 'ev-1', source: 'object', object: pod, field_path: 'status.phase', excerpt: '', collected_at: '' }, 40)).toBe(
      'kubectl get pod/web-1 -n shop -o yaml',
    );
  });
});
