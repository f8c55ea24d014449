/** A room as a box: where it stands (columns and rows from 0), and what it does in a few words. */
export interface Box {
  readonly room: string;
  readonly row: number;
  readonly column: number;
  readonly wide?: number;
  readonly does: string;
}

/** The layers from the doors down, and in how many rows of boxes each is drawn. */
export const LAYERS: readonly { readonly name: string; readonly rows: readonly number[] }[] = [
  { name: 'doors', rows: [0] },
  { name: 'service', rows: [1] },
  { name: 'the run', rows: [2] },
  { name: 'reasoning', rows: [3, 4] },
  { name: 'sources', rows: [5] },
  { name: 'ground', rows: [6] },
  { name: 'words', rows: [7] },
];

export const BOXES: readonly Box[] = [
  { room: 'agent', row: 0, column: 0, does: 'reads for servers' },
  { room: 'mcp', row: 0, column: 1, does: 'for MCP clients' },
  { room: 'commands', row: 0, column: 2, does: 'the command line' },
  { room: 'ui', row: 0, column: 3, does: 'the terminal, live' },
  { room: 'server', row: 0, column: 4, wide: 2, does: 'REST, events, pages, queue' },
  { room: 'http', row: 1, column: 0, does: 'routes, limits, TLS' },
  { room: 'client', row: 1, column: 1, does: 'here, or remote' },
  { room: 'session', row: 1, column: 2, does: 'what a line means' },
  { room: 'auth', row: 1, column: 3, does: 'who, and what of it' },
  { room: 'alerts', row: 1, column: 4, does: 'alerts as incidents' },
  { room: 'notify', row: 1, column: 5, does: 'webhooks out' },
  { room: 'pipeline', row: 2, column: 1, wide: 2, does: 'investigate(): one stream of events' },
  { room: 'report', row: 2, column: 3, does: 'text, page, schema' },
  { room: 'evidence', row: 3, column: 0, does: 'what to read; logs' },
  { room: 'facts', row: 3, column: 1, does: 'a subject, joined' },
  { room: 'rules', row: 3, column: 2, does: 'failure modes' },
  { room: 'correlate', row: 3, column: 3, does: 'chains, root causes' },
  { room: 'llm', row: 3, column: 4, does: 'a model, checked' },
  { room: 'changes', row: 4, column: 1, does: 'what, when' },
  { room: 'topology', row: 4, column: 2, does: 'who needs whom' },
  { room: 'tools', row: 4, column: 4, does: 'reads for a model' },
  { room: 'cluster', row: 5, column: 0, wide: 2, does: 'live, a dump, or an agent' },
  { room: 'telemetry', row: 5, column: 2, does: 'metrics, alerts' },
  { room: 'runbooks', row: 5, column: 3, does: 'Markdown, searched' },
  { room: 'store', row: 5, column: 4, wide: 2, does: 'incidents, queue, keys' },
  { room: 'config', row: 6, column: 0, does: 'settings' },
  { room: 'redact', row: 6, column: 1, does: 'no secret passes' },
  { room: 'net', row: 6, column: 2, does: 'of every HTTP client' },
  { room: 'trace', row: 6, column: 3, does: 'ids, spans' },
  { room: 'log', row: 6, column: 4, does: 'lines of servers' },
  { room: 'domain', row: 7, column: 0, wide: 2, does: 'the nouns' },
  { room: 'errors', row: 7, column: 2, does: 'one table of codes' },
  { room: 'protocol', row: 7, column: 3, does: 'REST and events' },
];

/** How an arrow goes; without: from below to above. `under`: along the gap below its row, then straight down. */
type Way = 'left-lane' | 'right-lane' | 'over' | 'under' | 'sideways' | 'upwards';

/** Imports that carry a run, from who imports to what is imported. Those of ground and words are not drawn: all rooms above may have them. */
export const ARROWS: readonly (readonly [from: string, to: string, way?: Way])[] = [
  ['commands', 'agent', 'over'],
  ['commands', 'mcp', 'sideways'],
  ['commands', 'server', 'over'],
  ['agent', 'mcp', 'sideways'],
  ['agent', 'http'],
  ['agent', 'cluster', 'left-lane'],
  ['mcp', 'client'],
  ['commands', 'session'],
  ['ui', 'session'],
  ['server', 'http', 'under'],
  ['server', 'session'],
  ['server', 'auth'],
  ['server', 'alerts'],
  ['server', 'notify'],
  ['server', 'store', 'right-lane'],
  ['session', 'client', 'sideways'],
  ['session', 'report'],
  ['client', 'pipeline'],
  ['auth', 'store', 'under'],
  ['alerts', 'store', 'under'],
  ['notify', 'store', 'under'],
  ['notify', 'report'],
  ['pipeline', 'evidence'],
  ['pipeline', 'facts'],
  ['pipeline', 'rules'],
  ['pipeline', 'correlate'],
  ['pipeline', 'llm'],
  ['facts', 'changes'],
  ['facts', 'topology'],
  ['correlate', 'changes'],
  ['correlate', 'topology'],
  ['llm', 'tools'],
  ['tools', 'rules', 'upwards'],
  ['tools', 'topology', 'sideways'],
  ['evidence', 'cluster'],
  ['tools', 'cluster'],
  ['tools', 'telemetry'],
  ['tools', 'runbooks'],
];
