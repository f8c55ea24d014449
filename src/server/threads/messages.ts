import type { SettingName } from '../../config/settings.ts';
import type { InvestigationEvent } from '../../domain/investigation-event.ts';
import type { InvestigationRequest } from '../../domain/investigation-request.ts';

/** What a thread is started with. */
export interface ThreadData {
  readonly flags: Readonly<Partial<Record<SettingName, unknown>>>;
  /** A dump to read instead of the cluster. */
  readonly snapshot: string | undefined;
}

export type ToThread = { readonly type: 'investigate'; readonly request: InvestigationRequest } | { readonly type: 'abort' };

export type FromThread =
  | { readonly type: 'event'; readonly event: InvestigationEvent }
  | { readonly type: 'ended' }
  | { readonly type: 'failed'; readonly code: string; readonly details: object };
