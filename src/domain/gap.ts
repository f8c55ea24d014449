/** Why something could not be seen. */
export const GAP_REASONS = ['forbidden', 'not-collected', 'truncated', 'timed-out', 'unreadable', 'failed'] as const;

/** Something that could not be seen, and what would make it visible. Gaps lower confidence; they never become causes. */
export interface Gap {
  /** What was not seen: "logs of pod shop/checkout-1". */
  what: string;
  why: (typeof GAP_REASONS)[number];
  /** The permission, file or setting that would make it visible. */
  needs: string;
  detail?: string | undefined;
}

export function gap(what: string, why: Gap['why'], needs: string, detail?: string): Gap {
  return detail === undefined ? { what, why, needs } : { what, why, needs, detail };
}
