import { gap } from '../../domain/gap.ts';
import type { Alert } from '../../domain/telemetry.ts';
import { alertSchema } from '../record-schemas.ts';
import type { AlertSource, TelemetryQuestion, Told } from '../telemetry-source.ts';
import type { ServerAccess } from './server-access.ts';
import { TelemetryServer } from './telemetry-server.ts';

const MAX_ALERTS = 2_000;
const LIMITS = { maxBytes: 16 * 2 ** 20, timeoutMs: 5_000 };

/** Alertmanager's API v2 (openapi.yaml of prometheus/alertmanager). */
export class Alertmanager extends TelemetryServer implements AlertSource {
  constructor(access: ServerAccess) {
    super(access, LIMITS);
  }

  /** Alerts that fire, the silenced ones marked as such, of the namespaces and of what has none. Alertmanager forgets those that are over. */
  async alerts({ namespaces, until }: TelemetryQuestion, signal: AbortSignal): Promise<Told<Alert>> {
    const answer = await this.get({ path: '/api/v2/alerts', params: { active: 'true', silenced: 'true', inhibited: 'true' } }, signal);
    if (answer.status !== 'found') return this.nothing(`alerts of ${this.label}`, answer);
    if (!Array.isArray(answer.value)) return this.otherThan(`alerts of ${this.label}`, 'its answer is not a list of alerts');
    const parsed = answer.value.map((record) => alertSchema.safeParse(record));
    const refused = parsed.filter(({ success }) => !success).length;
    const alerts = parsed.flatMap(({ data }) =>
      data !== undefined && concerns(data, namespaces) && Date.parse(data.startsAt) <= Date.parse(until) ? [data] : [],
    );
    const items = alerts.slice(0, MAX_ALERTS);
    const gaps = [
      ...(refused > 0
        ? [gap(`alerts of ${this.label}`, 'unreadable', 'alerts as Alertmanager v2 writes them', `${refused} of ${parsed.length} have another shape`)]
        : []),
      ...(alerts.length > items.length
        ? [gap(`alerts of ${this.label}`, 'truncated', 'a narrower scope', `only the first ${items.length} of ${alerts.length} were read`)]
        : []),
    ];
    return { items, gaps };
  }

  async probe(signal: AbortSignal): Promise<Told<string>> {
    const answer = await this.get({ path: '/api/v2/status' }, signal);
    if (answer.status !== 'found') return this.nothing(`Alertmanager ${this.label}`, answer);
    const version = (answer.value as { versionInfo?: { version?: unknown } } | null)?.versionInfo?.version;
    if (typeof version !== 'string') return this.otherThan(`Alertmanager ${this.label}`, 'what answers there is no Alertmanager');
    return { items: [`Alertmanager ${version}`], gaps: [] };
  }
}

/** An alert without a namespace is about a node, or the whole cluster; one about a node has that of what watches the node. */
function concerns({ labels }: Alert, namespaces: readonly string[]): boolean {
  const named = [labels['namespace'], labels['exported_namespace']].filter((namespace) => namespace !== undefined);
  if (namespaces.length === 0 || named.length === 0 || named.some((namespace) => namespaces.includes(namespace))) return true;
  return labels['node'] !== undefined || /node/.test(labels['job'] ?? '');
}
