/** Takes the files of a dump one after the other; nothing is to be seen at the destination before `commit`. */
export interface SnapshotSink {
  readonly files: number;
  /** Of the texts, before compression. */
  readonly bytes: number;
  write(path: string, text: string): Promise<void>;
  commit(): Promise<void>;
  /** Removes what was written. */
  discard(): Promise<void>;
}
