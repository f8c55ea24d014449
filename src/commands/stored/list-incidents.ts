import type { InvestigationClient } from '../../client/investigation-client.ts';
import { SETTINGS } from '../../config/settings.ts';
import type { Incident } from '../../domain/incident.ts';
import type { IncidentStatus } from '../../domain/report.ts';
import { coded } from '../../errors/coded-error.ts';
import { duration } from '../../report/duration.ts';
import type { IncidentFilter } from '../../store/incident-repository.ts';
import { asksForData } from '../asks-for-data.ts';
import type { CommandInput } from '../command.ts';
import type { CommandContext } from '../context.ts';
import { timeWindow } from '../investigate/time-window.ts';
import type { CommandResult } from '../result.ts';
import { relativeTime } from './relative-time.ts';

const DESCRIPTION_WIDTH = 40;
const ASKED = [SETTINGS.namespace.flag, SETTINGS.namespace.env] as readonly string[];
const COLUMNS = ['id', 'age', 'status', 'confidence', 'cause', 'object'];

/** `list`: a table, or the incidents themselves as JSON or YAML. */
export async function listIncidents(input: CommandInput, client: InvestigationClient, context: CommandContext): Promise<CommandResult> {
  const filter = filterOf(input, context);
  const incidents = await client.incidents(filter);
  if (asksForData(context.settings)) return { kind: 'json', value: incidents };
  const wide = context.settings.output === 'wide';
  return {
    kind: 'table',
    columns: wide ? [...COLUMNS, 'namespaces', 'took', 'description'] : [...COLUMNS, 'description'],
    rows: incidents.map((incident) => rowOf(incident, context.now(), wide)),
    expendable: ['description', 'confidence', 'status'],
    whenEmpty: isFiltered(filter)
      ? 'No stored investigation is like that. All there are: sre-orch list'
      : 'No investigations are stored yet. Start one: sre-orch investigate "<what hurts>"',
  };
}

function rowOf(incident: Incident, now: Date, wide: boolean): string[] {
  const answer = incident.title ?? (incident.verdict === 'no-fault-found' ? 'no fault found' : incident.verdict) ?? '-';
  const description = incident.description.replace(/\s+/g, ' ');
  return [
    incident.incident_id,
    relativeTime(incident.created_at, now),
    incident.status,
    incident.confidence_score ?? '-',
    answer,
    incident.object ?? '-',
    ...(wide ? [incident.namespaces.join(',') || '-', tookOf(incident), description] : [shortened(description)]),
  ];
}

function tookOf({ created_at: from, completed_at: to }: Incident): string {
  return to === null ? '-' : duration(Date.parse(to) - Date.parse(from));
}

function shortened(description: string): string {
  return description.length > DESCRIPTION_WIDTH ? `${description.slice(0, DESCRIPTION_WIDTH - 1)}…` : description;
}

function isFiltered({ limit: _, ...filter }: IncidentFilter): boolean {
  return Object.keys(filter).length > 0;
}

function filterOf({ options }: CommandInput, { settings, origins, now }: CommandContext): IncidentFilter {
  const { status, limit, cause } = options;
  const { since } = timeWindow({ since: options['since'] }, now());
  if (limit !== undefined && !/^[1-9]\d*$/.test(String(limit))) throw coded('SETTINGS_INVALID', { problems: ['--limit needs a whole number of 1 or more'] });
  return {
    ...(status === undefined ? {} : { status: status as IncidentStatus }),
    ...(typeof cause === 'string' ? { cause } : {}),
    ...(since === undefined ? {} : { since }),
    // Where one looks by default is no wish to see less of what was found.
    ...(settings.namespace === undefined || !ASKED.includes(origins.namespace) ? {} : { namespace: settings.namespace }),
    ...(limit === undefined ? {} : { limit: Number(limit) }),
  };
}
