import { type RawBuilder, sql } from 'kysely';
import type { StoreChange } from '../store-changes.ts';

export const CHANNEL = 'sre_orch';

/** Tells every process that listens, when the transaction it is in is committed. */
export function notify(change: StoreChange): RawBuilder<unknown> {
  return sql`SELECT pg_notify(${CHANNEL}, ${JSON.stringify(change)})`;
}
