/** What a language model reads out of a description. Nothing of it is believed before it was looked for. */
export interface NamedByModel {
  readonly namespace: string | null;
  readonly workloads: readonly string[];
  readonly services: readonly string[];
  readonly pods: readonly string[];
  readonly nodes: readonly string[];
  readonly error_summary: string | null;
  readonly since: string | null;
  readonly until: string | null;
}
