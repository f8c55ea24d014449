import * as z from 'zod/mini';
import { GAP_REASONS } from '../../domain/gap.ts';
import { isKind, type Kind } from '../../domain/kubernetes/resource-type.ts';

const recordedGapSchema = z.object({
  kind: z.custom<Kind>((value) => typeof value === 'string' && isKind(value)),
  namespace: z.nullable(z.string()),
  why: z.enum(GAP_REASONS),
  needs: z.string(),
  detail: z.optional(z.string()),
});
/** A kind that could not be read, or not entirely, when a dump was taken. */
export type RecordedGap = z.infer<typeof recordedGapSchema>;

const recordedLogsSchema = z.object({
  /** Those of which the dump holds only the end, by `logKey`. */
  cut: z.array(z.string()),
  /** Pods whose logs were not read at all. */
  leftOut: z.optional(z.object({ pods: z.number(), reason: z.string() })),
});
/** What a dump lacks of the logs of the pods that it holds. */
export type RecordedLogs = z.infer<typeof recordedLogsSchema>;

/** snapshot-info.json: what a dump says of itself. Times are ISO 8601; `null` is unknown. Unknown fields are passed over. */
export const snapshotInfoSchema = z.object({
  collectedAt: z.optional(z.string().check(z.refine((time) => !Number.isNaN(Date.parse(time))))),
  namespace: z.nullish(z.string()),
  cluster: z.nullish(z.string()),
  context: z.nullish(z.string()),
  serverVersion: z.nullish(z.string()),
  gaps: z.optional(z.array(recordedGapSchema)),
  logs: z.optional(recordedLogsSchema),
});
export type SnapshotInfo = z.infer<typeof snapshotInfoSchema>;

/** Reads snapshot-info.json; a file that is not what it should be says nothing, and `problem` says so. */
export function parseSnapshotInfo(text: string | undefined): { readonly info: SnapshotInfo; readonly problem?: string } {
  if (text === undefined) return { info: {} };
  try {
    const parsed = snapshotInfoSchema.safeParse(JSON.parse(text));
    if (parsed.success) return { info: parsed.data };
  } catch {
    // told below, as for a wrong shape
  }
  return { info: {}, problem: 'snapshot-info.json: it is not what a dump says of itself' };
}
