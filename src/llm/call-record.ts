/** One request to an endpoint, as it is logged: what it was for and what it cost, and nothing of what was said. */
export interface CallRecord {
  /** null: it belongs to no incident. */
  readonly incident_id: string | null;
  /** What was asked for: the name of the shape, `round` where tools were offered. */
  readonly purpose: string;
  readonly model: string;
  /** The address, without credentials. */
  readonly endpoint: string;
  readonly ms: number;
  /** `answered`, `empty`, `stopped` (by the run itself), or the code of what went wrong. */
  readonly outcome: string;
  /** What the server said was wrong, redacted. */
  readonly detail?: string;
  readonly input_tokens: number;
  readonly output_tokens: number;
  /** The endpoint did not count. */
  readonly estimated: boolean;
  readonly cost?: number;
}

export type TellCall = (call: CallRecord) => void;
