import * as z from 'zod';
import type { PagedReader } from '../cluster/paged-reader.ts';
import { objectRef } from '../domain/object-ref.ts';
import type { AccessAnswer } from '../protocol/agent.ts';
import type { Redactor } from '../redact/redactor.ts';
import { logTool } from '../tools/cluster/log-tool.ts';
import { objectTools } from '../tools/cluster/object-tools.ts';
import { inPieces } from '../tools/pieces.ts';
import { type Tool, tool } from '../tools/tool.ts';
import { topTool } from '../tools/top-tool.ts';

interface AgentToolSources {
  readonly reader: PagedReader;
  readonly redactor: Redactor;
  readonly seen: () => AccessAnswer;
}

/** What the routes answer, as tools of the Model Context Protocol. */
export function agentTools({ reader, redactor, seen }: AgentToolSources): Tool[] {
  const sources = { reader, redactor, namespace: undefined };
  return [
    ...objectTools(sources),
    logTool(sources),
    topTool(sources),
    tool({
      name: 'check_access',
      description: 'What the agent itself may read of the cluster, and which permissions it lacks.',
      source: 'cluster',
      input: z.object({}),
      run: async () =>
        inPieces({
          source: 'lookup',
          object: objectRef('ControlPlane', undefined, 'kube-apiserver'),
          field_path: null,
          excerpt: JSON.stringify(seen(), null, 1),
        }),
    }),
  ];
}
