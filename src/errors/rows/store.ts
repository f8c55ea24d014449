import type { ErrorRow } from '../row.ts';

export const STORE_ERRORS = {} as const satisfies Record<string, ErrorRow>;
