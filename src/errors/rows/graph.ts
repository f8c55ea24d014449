import type { ErrorRow } from '../row.ts';

export const GRAPH_ERRORS = {} as const satisfies Record<string, ErrorRow>;
