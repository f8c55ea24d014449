export interface Delivery {
  readonly incidentId: string;
  readonly target: string;
  /** How often it was tried, this time among them. */
  readonly attempts: number;
}

/** What is still to be told of incidents that ended. An incident is told to each target once, or until it is given up. */
export interface Outbox {
  /** Adds what ended at `since` or later and is not in it. What a crash kept from being added is added by the next call. */
  fill(targets: readonly string[], since: string): Promise<void>;
  /** The one that is longest due. It is due again at `until`, unless it is settled before: whoever took it may be gone. */
  take(targets: readonly string[], now: string, until: string): Promise<Delivery | undefined>;
  /** It was told, or is given up. */
  settle(delivery: Delivery): Promise<void>;
  retry(delivery: Delivery, at: string): Promise<void>;
}
