import type { Evidence } from '../domain/evidence.ts';
import { refLabel } from '../domain/object-ref.ts';

/** What stands before the object that a piece was read of; nothing before a field of the object itself. */
const SOURCES: Readonly<Record<Evidence['source'], string>> = {
  object: '',
  event: 'event on ',
  log: 'log of ',
  metric: 'metric of ',
  alert: 'alert on ',
  'node-service': 'system service on ',
  connectivity: 'connection to ',
  lookup: 'lookup of ',
  'knowledge-graph': 'knowledge of ',
  tool: 'answer of ',
};

/** "event on Pod shop/checkout-1, container app" */
export function evidencePlace({ source, object, container }: Evidence): string {
  return `${SOURCES[source]}${refLabel(object)}${container === undefined ? '' : `, container ${container}`}`;
}
