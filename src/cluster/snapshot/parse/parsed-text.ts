/** The documents of one file, as far as it could be read. */
export interface ParsedText {
  readonly documents: readonly unknown[];
  /** Why something is missing; undefined when everything was read. */
  readonly problem: string | undefined;
}
