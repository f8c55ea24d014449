import * as z from 'zod';
import { GAP_REASONS, type Gap } from './gap.ts';

/** Something that could not be seen, and what would make it visible. Gaps lower confidence; they never become causes. */
export const gapSchema = z.object({
  what: z.string().describe('what was not seen: "logs of pod shop/checkout-1"'),
  why: z.enum(GAP_REASONS),
  needs: z.string().describe('the permission, file or setting that would make it visible'),
  detail: z.string().optional(),
}) satisfies z.ZodType<Gap>;
