import type { ErrorRow } from '../row.ts';

export const SNAPSHOT_ERRORS = {} as const satisfies Record<string, ErrorRow>;
