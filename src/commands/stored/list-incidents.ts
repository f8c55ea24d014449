import type { Incident } from '../../domain/incident.ts';
import type { IncidentStatus } from '../../domain/report.ts';
import { coded } from '../../errors/coded-error.ts';
import type { IncidentFilter } from '../../store/incident-repository.ts';
import type { CommandInput } from '../command.ts';
import type { CommandContext } from '../context.ts';
import type { CommandResult } from '../result.ts';
import { relativeTime } from './relative-time.ts';

const DESCRIPTION_WIDTH = 40;

/** `list`: a table, or the incidents themselves as JSON. */
export async function listIncidents(input: CommandInput, context: CommandContext): Promise<CommandResult> {
  const client = await context.openClient({
    keep: true,
    onStoreError: (error) => {
      throw error;
    },
  });
  const incidents = await client.incidents(filterOf(input, context));
  if (context.settings.output === 'json') return { kind: 'json', value: incidents };
  if (context.settings.output === 'jsonl') return { kind: 'text', text: incidents.map((incident) => `${JSON.stringify(incident)}\n`).join('') };
  return {
    kind: 'table',
    columns: ['id', 'age', 'status', 'confidence', 'cause', 'object', 'description'],
    rows: incidents.map((incident) => rowOf(incident, context.now())),
    whenEmpty: 'No investigations are stored yet. Start one: sre-orch investigate "<what hurts>"',
  };
}

function rowOf(incident: Incident, now: Date): string[] {
  const answer = incident.title ?? (incident.verdict === 'no-fault-found' ? 'no fault found' : incident.verdict) ?? '-';
  const description = incident.description.replace(/\s+/g, ' ');
  return [
    incident.incident_id,
    relativeTime(incident.created_at, now),
    incident.status,
    incident.confidence_score ?? '-',
    answer,
    incident.object ?? '-',
    description.length > DESCRIPTION_WIDTH ? `${description.slice(0, DESCRIPTION_WIDTH - 1)}…` : description,
  ];
}

function filterOf({ options }: CommandInput, { settings }: CommandContext): IncidentFilter {
  const { status, limit } = options;
  if (limit !== undefined && !/^[1-9]\d*$/.test(String(limit))) throw coded('SETTINGS_INVALID', { problems: ['--limit needs a whole number of 1 or more'] });
  return {
    ...(status === undefined ? {} : { status: status as IncidentStatus }),
    ...(settings.namespace === undefined ? {} : { namespace: settings.namespace }),
    ...(limit === undefined ? {} : { limit: Number(limit) }),
  };
}
