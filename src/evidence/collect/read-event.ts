import type { InvestigationEvent } from '../../domain/investigation-event.ts';

/** What reading tells while it happens. */
export type ReadEvent = Extract<InvestigationEvent, { type: 'read-completed' | 'gap-found' }>;
