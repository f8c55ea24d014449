import type { Generated } from 'kysely';
import type { IncidentStatus, Verdict } from '../../domain/report.ts';
import type { Role } from '../api-key-repository.ts';
import type { RecordKind } from '../record-repository.ts';

/** The tables as they are after the last migration. Reports and events are text: what was kept comes back letter by letter. */
export interface Schema {
  readonly incidents: {
    incident_id: string;
    /** The order of arrival. */
    n: Generated<string>;
    description: string;
    status: IncidentStatus;
    created_at: Date;
    completed_at: Date | null;
    namespaces: Generated<string[]>;
    verdict: Verdict | null;
    cause_id: string | null;
    title: string | null;
    object: string | null;
    confidence_score: string | null;
    error_message: string | null;
    report: string | null;
    /** Who investigates it, and until when it is left to them without a beat. */
    owner: string | null;
    lease_until: Date | null;
    attempts: Generated<number>;
    cancel_asked: Generated<boolean>;
    request: string | null;
    source: string | null;
    context: string | null;
    idempotency_key: string | null;
    correlation_id: string | null;
    traceparent: string | null;
    tracestate: string | null;
  };
  readonly events: { incident_id: string; seq: number; event: string };
  readonly records: { kind: RecordKind; key: string; incident_id: string; at: Date; value: string };
  readonly vectors: { model: string; key: string; vector: Buffer };
  readonly api_keys: {
    key_id: string;
    name: string;
    hash: string;
    role: Role;
    namespaces: string[] | null;
    created_at: Date;
    revoked_at: Date | null;
  };
}
