import type { SessionClient, SessionPlace } from '../client/session-client.ts';
import type { Report } from '../domain/report.ts';

/** What a line is said in: where, and after what. */
export interface Situation {
  /** undefined while nobody could connect. */
  readonly place: SessionPlace | undefined;
  /** The namespace that the person chose. */
  readonly namespace: string | undefined;
  /** What the last investigation said. */
  readonly report: Report | undefined;
}

/** Where reads go that name no namespace: the chosen one, that of what is blamed, that of the last report, that of the context. */
export function namespaceOf({ namespace, report, place }: Situation): string | undefined {
  return namespace ?? report?.root_causes[0]?.object.namespace ?? report?.scope.namespaces[0] ?? place?.defaultNamespace;
}

/** What answering a line may use. */
export interface Means {
  readonly situation: Situation;
  readonly client: SessionClient;
  readonly timeoutMs: number;
  readonly now: () => Date;
  readonly newIncidentId: () => string;
}
