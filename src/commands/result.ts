export interface Table {
  readonly kind: 'table';
  readonly columns: readonly string[];
  readonly rows: readonly (readonly string[])[];
  readonly whenEmpty: string;
  /** Columns that a narrow screen does without, the first of them first. */
  readonly expendable?: readonly string[];
  readonly exitCode?: number;
}

/** What a command answers. The printer and, later, the terminal each know how to show it. */
export type CommandResult =
  /** `folds`: sentences, which a terminal's width may break at spaces; code and what is laid out already are not. */
  | { readonly kind: 'text'; readonly text: string; readonly folds?: boolean; readonly exitCode?: number }
  | { readonly kind: 'json'; readonly value: unknown; readonly exitCode?: number }
  | Table
  /** Everything was already printed while it happened. */
  | { readonly kind: 'done'; readonly exitCode: number };
