import { counted } from '../domain/counted.ts';
import type { IncomingAlert } from './alert.ts';

const SHOWN = 8;
const MAX_CHARACTERS = 1_000;

/** The question that alerts put, in words that an investigation understands: what fires, on what, where. */
export function describeAlerts(alerts: readonly IncomingAlert[]): string {
  const named = [...new Set(alerts.map(({ name, objects }) => [name, objects[0]].filter(Boolean).join(' of ')))];
  const namespaces = [...new Set(alerts.flatMap(({ namespace }) => namespace ?? []))];
  const rest = named.length - SHOWN;
  const where = namespaces.length === 0 ? '' : ` in ${namespaces.length > SHOWN ? counted(namespaces.length, 'namespace') : namespaces.join(', ')}`;
  const summary = alerts.length === 1 && alerts[0]?.summary !== undefined ? `: ${alerts[0].summary}` : '';
  return `${named.slice(0, SHOWN).join(', ')}${rest > 0 ? ` and ${counted(rest, 'other alert')}` : ''}${where}${summary}`.slice(0, MAX_CHARACTERS);
}
