import { describe, expect, test } from 'vitest';
import type { EvidenceDraft } from '../../src/domain/evidence.ts';
import type { KubeObject } from '../../src/domain/kubernetes/object.ts';
import { inventoryOf } from '../../src/evidence/inventory-of.ts';
import { quoteEvidence } from '../../src/pipeline/quote-evidence.ts';
import { createRedactor } from '../../src/redact/redactor.ts';

const web = { kind: 'Pod', namespace: 'shop', name: 'web-1' };
const container = {
  name: 'app',
  readinessProbe: { tcpSocket: { port: 81 } },
  securityContext: { readOnlyRootFilesystem: true },
  env: [{ name: 'DB_PASSWORD', value: 'hunter2hunter2' }],
};
const pod = {
  kind: 'Pod',
  metadata: { namespace: 'shop', name: 'web-1', labels: { 'app.kubernetes.io/name': 'web' } },
  spec: { containers: [container] },
  status: { conditions: [{ type: 'Ready', status: 'False' }], hard: { 'requests.memory': '1Gi' } },
};
const inventory = inventoryOf([pod] as unknown as KubeObject[], { asOf: '2026-01-01T12:00:00Z' });
const quoted = (path: string, derived: string, more: Partial<EvidenceDraft> = {}): Pick<EvidenceDraft, 'field_path' | 'excerpt'> => {
  const draft: EvidenceDraft = { source: 'object', object: web, field_path: path, excerpt: `${path} = ${derived}`, ...more };
  const { field_path, excerpt } = quoteEvidence(draft, inventory, createRedactor().object);
  return { field_path, excerpt };
};

describe('evidence of an object', () => {
  test.each([
    [
      'the field, not what follows from it',
      'spec.containers[name=app].readinessProbe',
      '9',
      'spec.containers[name=app].readinessProbe',
      '{tcpSocket: {port: 81}}',
    ],
    ['a field under a condition', 'status.conditions.Ready.status', 'False', 'status.conditions[type=Ready].status', 'False'],
    ['a key with dots', 'status.hard.requests.memory', '2Gi', 'status.hard.requests.memory', '1Gi'],
    ['an entry by its place', 'spec.containers[0].name', 'x', 'spec.containers[0].name', 'app'],
    [
      'what exists of a path',
      'spec.containers[name=app].securityContext.read_only',
      'yes',
      'spec.containers[name=app].securityContext',
      '{readOnlyRootFilesystem: true}',
    ],
  ])('quotes %s', (_, path, derived, read, value) => {
    expect(quoted(path, derived)).toEqual({ field_path: read, excerpt: `${read} = ${value}` });
  });

  test('says of a field that is not there that it is not set', () => {
    expect(quoted('status.readyReplicas', '0').excerpt).toBe('status.readyReplicas is not set');
    expect(quoted('spec.containers[3].image', 'not set').excerpt).toBe('spec.containers[3].image is not set');
  });

  test('names no path where nothing of it exists', () => {
    expect(quoted('creation_refused', 'true')).toEqual({ field_path: null, excerpt: 'creation refused: true' });
  });

  test('is short, and holds no secret', () => {
    expect(quoted('spec.containers[name=app].env[name=DB_PASSWORD].value', 'x').excerpt).not.toContain('hunter2');
    expect(quoted('spec.containers', 'x').excerpt).not.toContain('hunter2');
    expect(quoted('spec.containers', 'x').excerpt.length).toBeLessThanOrEqual('spec.containers = '.length + 302);
  });

  test('that quotes itself, or is of no object, is left alone', () => {
    expect(quoted('spec.nodeName', 'n1', { excerpt: 'Deployment web' }).excerpt).toBe('Deployment web');
    expect(quoted('x', 'y', { source: 'event' }).excerpt).toBe('x = y');
    expect(quoted('x', 'y', { object: { kind: 'External', name: 'db.example.com' } }).excerpt).toBe('x = y');
  });

  test('of a lookup says what was not found, where it was certain', () => {
    const gone = { kind: 'Service', namespace: 'shop', name: 'db' };
    expect(quoted('metadata.name', 'absent-service', { source: 'lookup', object: gone })).toEqual({ field_path: null, excerpt: 'not found' });
    const { excerpt } = quoteEvidence(
      { source: 'lookup', object: gone, field_path: 'metadata.name', excerpt: 'metadata.name = x' },
      inventoryOf([], { asOf: '2026-01-01T12:00:00Z', forbidden: ['Service'] }),
      createRedactor().object,
    );
    expect(excerpt).toBe('metadata.name = x');
  });
});
