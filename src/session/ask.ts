import type { Sight } from '../domain/sight.ts';
import type { GraphQuery } from '../topology/queries/graph-query.ts';

/** What can be asked of a report that is there. */
export type ReportPart = 'brief' | 'why' | 'chain' | 'remedy' | 'affected' | 'timeline' | 'ruled-out' | 'gaps' | 'confidence' | 'others';

export interface LogsAsk {
  readonly ask: 'logs';
  readonly name: string;
  readonly container?: string;
  readonly previous?: boolean;
  readonly lines?: number;
}

/** What a line means, whether it was said in plain words or as a slash command. */
export type Ask =
  | { readonly ask: 'investigate'; readonly description: string }
  | { readonly ask: 'again' }
  | { readonly ask: 'suppose'; readonly without: readonly Sight[] }
  | { readonly ask: ReportPart }
  | { readonly ask: 'evidence'; readonly which: readonly string[] }
  | { readonly ask: 'is-it'; readonly suspect: string }
  | { readonly ask: 'changes'; readonly name?: string }
  | LogsAsk
  | { readonly ask: 'events'; readonly name?: string }
  | { readonly ask: 'describe'; readonly name: string }
  | { readonly ask: 'graph'; readonly query: GraphQuery };
