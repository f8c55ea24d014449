/** A template of kubectl's JSONPath, read: text as it is, and what stands in braces. */
export type Part =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'expression'; readonly steps: readonly Step[] }
  /** `{range …}` to `{end}`: once for each of its results. */
  | { readonly kind: 'range'; readonly steps: readonly Step[]; readonly body: readonly Part[] };

export type Step =
  | { readonly kind: 'field'; readonly name: string }
  /** `.*`: all values. */
  | { readonly kind: 'all' }
  /** `..`: the value itself, and all that lies in it. */
  | { readonly kind: 'deep' }
  | Slice
  /** `[0,2]`, `['a','b']`: one after the other. */
  | { readonly kind: 'union'; readonly of: readonly Step[] }
  | Filter
  | { readonly kind: 'literal'; readonly value: string | number | boolean };

/** `[1]`, `[-1]`, `[0:4]`, `[*]`; what is left out is undefined. */
export interface Slice {
  readonly kind: 'slice';
  readonly from: number | undefined;
  /** null: only the one at `from`. */
  readonly to: number | null | undefined;
  readonly by: number | undefined;
}

export interface Filter {
  readonly kind: 'filter';
  readonly left: readonly Step[];
  readonly test: { readonly operator: Operator; readonly right: readonly Step[] } | undefined;
}

export const OPERATORS = ['==', '!=', '<=', '>=', '<', '>'] as const;
export type Operator = (typeof OPERATORS)[number];

/** What is wrong with a template, or with what it asks of a value; in words for whoever wrote it. */
export class JsonPathProblem extends Error {
  constructor(problem: string) {
    super(problem);
    this.name = 'JsonPathProblem';
  }
}
