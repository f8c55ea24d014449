import type { ErrorRow } from '../row.ts';

export const RULES_ERRORS = {} as const satisfies Record<string, ErrorRow>;
