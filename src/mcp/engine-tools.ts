import * as z from 'zod';
import type { InvestigationClient } from '../client/investigation-client.ts';
import { objectRef } from '../domain/object-ref.ts';
import type { Report } from '../domain/report.ts';
import { renderMarkdown } from '../report/markdown.ts';
import { type Tool, type ToolAnswer, tool } from '../tools/tool.ts';

export interface EngineAccess {
  readonly client: InvestigationClient;
  readonly namespace: string | undefined;
  newIncidentId(): string;
}

const format = z.enum(['markdown', 'json']).optional().describe('markdown (default) or json');

/** The engine's own questions, beside the read tools. */
export function engineTools({ client, namespace: usual, newIncidentId }: EngineAccess): Tool[] {
  return [
    tool({
      name: 'investigate',
      description: 'Names the root cause of what hurts in the cluster, with its chain, its evidence and a computed confidence. Takes a few seconds.',
      source: 'cluster',
      input: z.object({
        description: z.string().min(1).describe('what hurts, in a few words: "checkout is failing in shop"'),
        namespace: z.string().optional(),
        all_namespaces: z.boolean().optional(),
        format,
      }),
      run: async ({ description, namespace = usual, all_namespaces: all, format: as }, signal) => {
        const request = {
          incidentId: newIncidentId(),
          description,
          ...(namespace === undefined || all === true ? {} : { namespace }),
          allNamespaces: all === true,
        };
        let report: Report | undefined;
        for await (const event of client.investigate(request, signal)) if (event.type === 'report-completed') report = event.report;
        return report === undefined ? { pieces: [], note: 'the investigation ended without a report' } : told(report, as);
      },
    }),
    tool({
      name: 'get_report',
      description: 'The report of an investigation that is stored.',
      source: 'cluster',
      input: z.object({ id: z.string().describe('incident id, the beginning of one, or last'), format }),
      run: async ({ id, format: as }) => told(await client.report(id), as),
    }),
    tool({
      name: 'list_incidents',
      description: 'Investigations that are stored, newest first.',
      source: 'cluster',
      input: z.object({ limit: z.number().int().min(1).max(200).optional(), namespace: z.string().optional() }),
      run: async ({ limit = 20, namespace }) => {
        const incidents = await client.incidents({ limit, ...(namespace === undefined ? {} : { namespace }) });
        return text(JSON.stringify(incidents, null, 1), 'incidents');
      },
    }),
  ];
}

function told(report: Report, format: 'markdown' | 'json' | undefined): ToolAnswer {
  return text(format === 'json' ? JSON.stringify(report) : renderMarkdown(report), report.incident_id);
}

function text(excerpt: string, name: string): ToolAnswer {
  return { pieces: [{ source: 'tool', object: objectRef('Component', undefined, name), field_path: null, excerpt }], note: null };
}
