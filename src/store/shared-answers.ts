/** A part of an answer that some process tells. */
export interface ToldPart {
  readonly messages: readonly string[];
  /** Nothing comes behind these. */
  readonly isEnd: boolean;
  /** Its process is there to tell the rest. */
  readonly isTold: boolean;
}

/** Answers while they are told, and for a minute after, for processes that share a store: whoever is cut off goes on at any of them. */
export interface SharedAnswers {
  begin(answerId: string, asker: string | undefined): Promise<void>;
  /** Behind those that are there; `isEnd`: they are the last. */
  add(answerId: string, messages: readonly string[], isEnd: boolean): Promise<void>;
  /** What is behind the first `after` messages; whoever reads is known to listen. undefined: there is none, or another asked for it. */
  read(answerId: string, asker: string | undefined, after: number): Promise<ToldPart | undefined>;
  /** Tells that this process still tells these. Returns those that somebody listens to. */
  beat(answerIds: readonly string[]): Promise<ReadonlySet<string>>;
}
