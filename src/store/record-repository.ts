/** What is kept beside incidents: the alerts that led to one, what was seen at that moment, and what people say of its answer. */
export type RecordKind = 'alert' | 'alert-group' | 'moment' | 'feedback';

export interface IncidentRecord {
  readonly kind: RecordKind;
  /** Of its kind: an alert's fingerprint, the id of an incident. */
  readonly key: string;
  readonly incidentId: string;
  /** ISO 8601 in UTC. */
  readonly at: string;
  /** JSON. */
  readonly value: unknown;
}

/** Records go with their incident. */
export interface RecordRepository {
  /** All or none; one of the same kind and key is replaced. */
  put(records: readonly IncidentRecord[]): Promise<void>;
  /** The incident of whoever came first since `notBefore`: this one's, unless another was faster. */
  claim(record: IncidentRecord, notBefore: string): Promise<string>;
  find(kind: RecordKind, keys: readonly string[]): Promise<readonly IncidentRecord[]>;
  /** Oldest first. */
  since(kind: RecordKind, at: string): Promise<readonly IncidentRecord[]>;
  /** Oldest first. */
  ofIncident(kind: RecordKind, incidentId: string): Promise<readonly IncidentRecord[]>;
}
