import type { SQLInputValue } from 'node:sqlite';
import type { IncidentFilter } from '../incident-repository.ts';

/** The conditions of a list: what the database leaves out is never read, and a list of few among many is still quick. */
export function whereOf({ status, namespace, within, cause, since, before }: IncidentFilter): { where: string; values: SQLInputValue[] } {
  const conditions: [string, SQLInputValue][] = [];
  if (status !== undefined) conditions.push(['status = ?', status === 'interrupted' ? 'investigating' : status]);
  if (since !== undefined) conditions.push(['created_at >= ?', since]);
  if (before !== undefined) conditions.push(['(created_at, rowid) < (SELECT created_at, rowid FROM incidents WHERE incident_id = ?)', before]);
  if (namespace !== undefined) conditions.push(['EXISTS (SELECT 1 FROM json_each(namespaces) WHERE value = ?)', namespace]);
  if (within !== undefined)
    conditions.push([
      "namespaces <> '[]' AND NOT EXISTS (SELECT 1 FROM json_each(namespaces) WHERE value NOT IN (SELECT value FROM json_each(?)))",
      JSON.stringify(within),
    ]);
  if (cause !== undefined) conditions.push(['instr(lower(concat(cause_id, char(10), title)), ?) > 0', cause.toLowerCase()]);
  return {
    where: conditions.length === 0 ? '' : `WHERE ${conditions.map(([sql]) => sql).join(' AND ')}`,
    values: conditions.map(([, value]) => value),
  };
}
