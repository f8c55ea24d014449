import type { InvestigationRequest } from '../domain/investigation-request.ts';
import type { IncidentRecord, RecordRepository } from '../store/record-repository.ts';
import type { IncomingAlert, KeptAlert } from './alert.ts';
import { describeAlerts } from './describe-alerts.ts';

/** Alerts of one namespace that begin within this time are of one incident. */
const TOGETHER_MS = 15 * 60_000;
/** An alert that comes again so soon has not been over. */
const FLAPPING_MS = 10 * 60_000;
/** More incidents than these in that time are one trouble of the cluster. */
const MOST_OPENED = 5;
const WHOLE_CLUSTER = '';

export interface AlertDesk {
  readonly records: RecordRepository;
  readonly now: () => Date;
  readonly newIncidentId: () => string;
  /** Removes secrets from what others have written. */
  readonly redact: (text: string) => string;
  /** Whether a storm may become one incident of the whole cluster: whoever may see some namespaces would not see that one. */
  readonly gathers: boolean;
  /** Has it investigated under this id, unless it is already. Throws QUEUE_FULL. */
  readonly open: (request: InvestigationRequest) => Promise<boolean>;
}

export interface AlertsTaken {
  readonly incidents: readonly string[];
  readonly opened: readonly string[];
  readonly known: number;
  readonly resolved: number;
}

/**
 * Alerts as incidents: one that is known counts again, one that is over is closed, and new ones of a namespace are one incident.
 * Told again after a failure, they come to the same end.
 */
export async function takeAlerts(alerts: readonly IncomingAlert[], desk: AlertDesk): Promise<AlertsTaken> {
  const { records, now } = desk;
  const at = now().getTime();
  const unique = [...new Map(alerts.map((alert) => [keyOf(alert), alert])).values()];
  const known = new Map((await records.find('alert', unique.map(keyOf))).map((record) => [record.key, record]));
  const [repeated, fresh]: [IncidentRecord[], IncomingAlert[]] = [[], []];
  for (const alert of unique) {
    const before = known.get(keyOf(alert));
    if (before !== undefined && (!alert.isFiring || goesOn(before, at))) repeated.push(repeat(before, alert, now()));
    else if (alert.isFiring) fresh.push(alert);
  }
  const { begun, opened } = await beginAll(fresh, desk);
  await records.put([...repeated, ...begun]);
  return {
    incidents: [...new Set([...repeated, ...begun].map(({ incidentId }) => incidentId))],
    opened,
    known: repeated.length,
    resolved: unique.filter((alert) => !alert.isFiring && known.has(keyOf(alert))).length,
  };
}

/** Whoever may tell of one namespace closes no alert of another by its fingerprint. */
function keyOf({ namespace = WHOLE_CLUSTER, fingerprint }: IncomingAlert): string {
  return `${namespace}/${fingerprint}`;
}

/** The fingerprint of an alert that is kept under a key. */
export function fingerprintIn(key: string): string {
  return key.slice(key.indexOf('/') + 1);
}

function goesOn({ value }: IncidentRecord, now: number): boolean {
  const { status, ended_at: endedAt } = value as KeptAlert;
  return status === 'firing' || (endedAt !== null && now - Date.parse(endedAt) < FLAPPING_MS);
}

function repeat(before: IncidentRecord, { isFiring, endedAt }: IncomingAlert, now: Date): IncidentRecord {
  const { times, ...kept } = before.value as KeptAlert;
  const value: KeptAlert = { ...kept, status: isFiring ? 'firing' : 'resolved', ended_at: isFiring ? null : (endedAt ?? now.toISOString()), times: times + 1 };
  return { ...before, at: now.toISOString(), value };
}

async function beginAll(fresh: readonly IncomingAlert[], desk: AlertDesk): Promise<{ begun: IncidentRecord[]; opened: string[] }> {
  const { records, now, redact, gathers } = desk;
  const notBefore = new Date(now().getTime() - TOGETHER_MS).toISOString();
  const underWay = new Set((await records.since('alert-group', notBefore)).map(({ key }) => key));
  const groups = Map.groupBy(fresh, ({ namespace = WHOLE_CLUSTER }) => {
    if (underWay.has(namespace) || !gathers) return namespace;
    // A storm is one trouble: what it reaches later belongs to the cluster as a whole.
    if (underWay.size >= MOST_OPENED) return WHOLE_CLUSTER;
    underWay.add(namespace);
    return namespace;
  });
  const [begun, opened]: [IncidentRecord[], string[]] = [[], []];
  for (const [group, alerts] of groups) {
    const at = now().toISOString();
    const incidentId = await records.claim({ kind: 'alert-group', key: group, incidentId: desk.newIncidentId(), at, value: null }, notBefore);
    const where = group === WHOLE_CLUSTER ? { allNamespaces: true } : { namespace: group };
    if (await desk.open({ incidentId, description: redact(describeAlerts(alerts)), ...where })) opened.push(incidentId);
    for (const alert of alerts) {
      const { name, namespace = null, startedAt } = alert;
      const value: KeptAlert = { name: redact(name), namespace, status: 'firing', started_at: startedAt, ended_at: null, times: 1 };
      begun.push({ kind: 'alert', key: keyOf(alert), incidentId, at, value });
    }
  }
  return { begun, opened };
}
