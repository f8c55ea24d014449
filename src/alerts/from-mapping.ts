import { createHash } from 'node:crypto';
import { coded } from '../errors/coded-error.ts';
import type { AlertMapping } from '../protocol/alerts.ts';
import type { IncomingAlert } from './alert.ts';

const MOST = 5_000;

/** Alerts of any JSON: each part is found by a JSON Pointer (RFC 6901). Throws REQUEST_INVALID. */
export function fromMapping(body: unknown, mapping: AlertMapping, now: Date): IncomingAlert[] {
  const listed = mapping.alerts === undefined ? [body] : at(body, mapping.alerts);
  if (!Array.isArray(listed)) throw coded('REQUEST_INVALID', { problems: [`alerts: there is no list at ${mapping.alerts}`] });
  if (listed.length > MOST) throw coded('REQUEST_INVALID', { problems: [`alerts: more than ${MOST}`] });
  return listed.map((alert: unknown, index) => {
    const name = textAt(alert, mapping.name);
    if (name === undefined) throw coded('REQUEST_INVALID', { problems: [`name: alert ${index} has nothing at ${mapping.name}`] });
    const namespace = textAt(alert, mapping.namespace);
    const object = textAt(alert, mapping.object);
    const identity = textAt(alert, mapping.fingerprint) ?? JSON.stringify([name, namespace, object]);
    const isFiring = mapping.status === undefined || !mapping.resolved.split(',').includes(textAt(alert, mapping.status) ?? '');
    const started = Date.parse(textAt(alert, mapping.started_at) ?? '');
    return {
      fingerprint: createHash('sha256').update(identity).digest('hex').slice(0, 16),
      isFiring,
      name,
      namespace,
      objects: object === undefined ? [] : [object],
      summary: textAt(alert, mapping.summary),
      startedAt: (Number.isNaN(started) ? now : new Date(started)).toISOString(),
      endedAt: isFiring ? null : now.toISOString(),
    };
  });
}

function textAt(value: unknown, pointer: string | undefined): string | undefined {
  const found = pointer === undefined ? undefined : at(value, pointer);
  return (typeof found === 'string' && found !== '') || typeof found === 'number' || typeof found === 'boolean' ? String(found) : undefined;
}

function at(value: unknown, pointer: string): unknown {
  let here = value;
  for (const part of pointer.split('/').slice(1)) {
    const key = part.replaceAll('~1', '/').replaceAll('~0', '~');
    if (typeof here !== 'object' || here === null || !Object.hasOwn(here, key)) return undefined;
    here = (here as Record<string, unknown>)[key];
  }
  return here;
}
