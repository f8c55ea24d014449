import type { ClusterQuestion } from '../../client/cluster-question.ts';
import type { SettingName } from '../../config/settings.ts';
import type { InvestigationEvent } from '../../domain/investigation-event.ts';
import type { InvestigationRequest } from '../../domain/investigation-request.ts';

/** What a thread is started with. */
export interface ThreadData {
  readonly flags: Readonly<Partial<Record<SettingName, unknown>>>;
  /** A dump to read instead of the cluster. */
  readonly snapshot: string | undefined;
}

export type ToThread =
  | { readonly type: 'investigate'; readonly request: InvestigationRequest }
  | { readonly type: 'abort' }
  | { readonly type: 'ask'; readonly id: number; readonly question: ClusterQuestion }
  | { readonly type: 'withdraw'; readonly id: number };

export type FromThread =
  | { readonly type: 'event'; readonly event: InvestigationEvent }
  | { readonly type: 'ended' }
  | { readonly type: 'failed'; readonly code: string; readonly details: object }
  | { readonly type: 'answered'; readonly id: number; readonly json: string }
  | { readonly type: 'refused'; readonly id: number; readonly code: string; readonly details: object };
