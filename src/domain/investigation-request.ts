import type { Moment } from './moment.ts';
import type { Sight } from './sight.ts';

/** What is asked of one investigation. All times are ISO 8601 in UTC. */
export interface InvestigationRequest {
  readonly incidentId: string;
  readonly description: string;
  /** undefined: what the description names, else the namespace of the context, else all. */
  readonly namespace?: string;
  readonly allNamespaces?: boolean;
  readonly since?: string;
  readonly until?: string;
  /** What was seen when it began, if that was kept. */
  readonly moment?: Moment;
  /** The incident that it asks about again, where something was kept of its beginning. */
  readonly againOf?: string;
  /** false: no language model is asked, although there is one. */
  readonly llm?: boolean;
  /** What whoever asks may see of the cluster, besides what is of no namespace; undefined: all. */
  readonly within?: readonly string[];
  /** Asked what the answer were if these could not be read. Nothing of such a run is kept. */
  readonly without?: readonly Sight[];
}
