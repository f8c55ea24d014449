/** One alert as it came in, whoever sent it. */
export interface IncomingAlert {
  /** The same for the same alert, however often it is told. */
  readonly fingerprint: string;
  readonly isFiring: boolean;
  readonly name: string;
  /** undefined: it is of the whole cluster. */
  readonly namespace: string | undefined;
  /** What it is about: `pod checkout-1`. */
  readonly objects: readonly string[];
  readonly summary: string | undefined;
  readonly startedAt: string;
  readonly endedAt: string | null;
}

/** What is kept of one. */
export interface KeptAlert {
  readonly name: string;
  readonly namespace: string | null;
  readonly status: 'firing' | 'resolved';
  readonly started_at: string;
  readonly ended_at: string | null;
  /** How often it was told. */
  readonly times: number;
}
