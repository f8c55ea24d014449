import type { ClusterQuestion } from '../../client/cluster-question.ts';
import type { SettingName } from '../../config/settings.ts';
import type { InvestigationEvent } from '../../domain/investigation-event.ts';
import type { InvestigationRequest } from '../../domain/investigation-request.ts';
import type { FollowUp, FollowUpAnswer } from '../../pipeline/ask-on.ts';
import type { CarriedCorrelation } from '../../trace/correlation.ts';
import type { FinishedSpan } from '../../trace/finished-span.ts';

/** What a thread is started with. */
export interface ThreadData {
  readonly flags: Readonly<Partial<Record<SettingName, unknown>>>;
  /** A dump to read instead of the cluster. */
  readonly snapshot: string | undefined;
}

/** What a piece of work belongs to, and whether its spans are wanted back. */
export interface Belonging {
  readonly carried: CarriedCorrelation | null;
  readonly records: boolean;
}

export type ToThread =
  | ({ readonly type: 'investigate'; readonly request: InvestigationRequest } & Belonging)
  | ({ readonly type: 'follow-up'; readonly followUp: FollowUp; readonly within: readonly string[] | null } & Belonging)
  | { readonly type: 'abort' }
  | ({ readonly type: 'ask'; readonly id: number; readonly question: ClusterQuestion } & Belonging)
  | { readonly type: 'withdraw'; readonly id: number };

export type FromThread =
  | { readonly type: 'event'; readonly event: InvestigationEvent }
  | { readonly type: 'span'; readonly span: FinishedSpan }
  | { readonly type: 'followed-up'; readonly answer: FollowUpAnswer | undefined }
  | { readonly type: 'ended' }
  | { readonly type: 'failed'; readonly code: string; readonly details: object }
  | { readonly type: 'answered'; readonly id: number; readonly json: string }
  | { readonly type: 'refused'; readonly id: number; readonly code: string; readonly details: object };
