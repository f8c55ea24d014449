import type { RootCause } from '../../src/domain/cause.ts';
import type { Report } from '../../src/domain/report.ts';
import type { RecordedCase } from './case.ts';

/** What a fault of the benchmark is called here. */
export interface Meaning {
  readonly causes: readonly string[];
  /** Kinds that may be blamed in place of the workload, node or namespace they stand for, by the table of who is blamed. */
  readonly parts?: readonly string[];
}

export interface Outcome {
  readonly recorded: RecordedCase;
  /** The first cause that was named, or the verdict. */
  readonly cause: string;
  readonly object: string;
  readonly confidence: string;
  readonly mechanism: boolean;
  readonly named: boolean;
  readonly milliseconds: number;
}

/** Judges the first root cause alone: its mechanism and its object must both be right. */
export function judge(recorded: RecordedCase, meaning: Meaning, report: Report, milliseconds: number): Outcome {
  const [first] = report.root_causes;
  return {
    recorded,
    cause: first?.cause_id ?? report.verdict,
    object: first ? `${first.object.kind}/${first.object.name}` : '-',
    confidence: first?.confidence_score ?? '-',
    mechanism: first !== undefined && meaning.causes.includes(first.cause_id),
    named: first !== undefined && namesObject(first, recorded, meaning, report),
    milliseconds,
  };
}

export function isRight({ mechanism, named }: Outcome): boolean {
  return mechanism && named;
}

const WORKLOADS = ['Deployment', 'StatefulSet', 'DaemonSet', 'Job', 'CronJob', 'ReplicaSet', 'Pod'];

function namesObject(cause: RootCause, recorded: RecordedCase, { parts = [] }: Meaning, report: Report): boolean {
  const [kind, name = ''] = recorded.faultObject.split('/');
  const { object } = cause;
  if (kind === 'node') {
    if (object.kind === 'Node') return object.name === name;
    return parts.includes(object.kind) && evidenceNames(cause, report, name);
  }
  if (object.namespace !== recorded.namespace && object.kind !== 'Node' && object.kind !== 'PersistentVolume' && object.kind !== 'StorageClass') return false;
  if (kind === 'namespace') return recorded.namespace === name && parts.includes(object.kind);
  if (WORKLOADS.includes(object.kind)) return object.name === name;
  return parts.includes(object.kind) && (object.name === name || cause.affected.some((each) => WORKLOADS.includes(each.kind) && each.name === name));
}

function evidenceNames(cause: RootCause, { evidence }: Report, node: string): boolean {
  return evidence.some(({ id, object }) => cause.evidence_ids.includes(id) && object.kind === 'Node' && object.name === node);
}
