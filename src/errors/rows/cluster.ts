import type { ErrorRow } from '../row.ts';

export const CLUSTER_ERRORS = {} as const satisfies Record<string, ErrorRow>;
