import * as z from 'zod';

/** Something that could not be seen, and what would make it visible. Gaps lower confidence; they never become causes. */
export const gapSchema = z.object({
  what: z.string().describe('what was not seen: "logs of pod shop/checkout-1"'),
  why: z.enum(['forbidden', 'not-collected', 'truncated', 'timed-out', 'unreadable', 'failed']),
  needs: z.string().describe('the permission, file or setting that would make it visible'),
  detail: z.string().optional(),
});
export type Gap = z.infer<typeof gapSchema>;

export function gap(what: string, why: Gap['why'], needs: string, detail?: string): Gap {
  return detail === undefined ? { what, why, needs } : { what, why, needs, detail };
}
