import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { RootCause } from '../../src/domain/cause.ts';
import type { Report } from '../../src/domain/report.ts';

/** One recorded incident: a question, and what its makers broke. */
export interface RecordedCase {
  readonly name: string;
  readonly snapshot: string;
  readonly query: string;
  readonly namespace: string;
  /** `app/checkout`, `node/worker-1` or `namespace/shop` */
  readonly faultObject: string;
  readonly fault: string;
}

export function readCases(folder: string): RecordedCase[] {
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => {
      const expected = JSON.parse(readFileSync(join(folder, name, 'expected.json'), 'utf8')) as Record<string, string>;
      const { query = '', namespace = '', fault_object: faultObject = '', root_cause: fault = '' } = expected;
      return { name, snapshot: join(folder, name, 'snapshot'), query, namespace, faultObject, fault };
    })
    .sort((a, b) => a.name.localeCompare(b.name));
}

// Objects that belong to a workload without having its name: blaming one of them is blaming the app's part.
const PARTS_OF_AN_APP = new Set([
  'PersistentVolumeClaim',
  'PersistentVolume',
  'StorageClass',
  'Service',
  'ConfigMap',
  'Secret',
  'NetworkPolicy',
  'Ingress',
  'Node',
]);

/** Whether the first root cause names the object that was broken. */
export function namesObject(cause: RootCause | undefined, { faultObject }: RecordedCase, report: Report): boolean {
  if (cause === undefined) return false;
  const [kind, name] = faultObject.split('/');
  const { object } = cause;
  switch (kind) {
    case 'node':
      return (object.kind === 'Node' && object.name === name) || (object.kind === 'ControlPlane' && evidenceNames(cause, report, 'Node', name));
    case 'namespace':
      return object.namespace === name && ['ResourceQuota', 'LimitRange'].includes(object.kind);
    default:
      return object.name === name || (PARTS_OF_AN_APP.has(object.kind) && cause.affected.some((each) => each.name === name));
  }
}

function evidenceNames(cause: RootCause, { evidence }: Report, kind: string, name: string | undefined): boolean {
  return evidence.some((piece) => cause.evidence_ids.includes(piece.id) && piece.object.kind === kind && piece.object.name === name);
}
