export interface RetentionLimits {
  /** ISO 8601: what ended before goes. */
  readonly before?: string | undefined;
  /** What is over this size goes, the oldest first. */
  readonly maxBytes?: number | undefined;
}

/** Takes away what is old or too much. What waits or is under way always stays. */
export interface Retention {
  /** Returns how many incidents went. */
  prune(limits: RetentionLimits): Promise<number>;
}
