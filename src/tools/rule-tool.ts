import * as z from 'zod';
import { objectRef } from '../domain/object-ref.ts';
import { findRule } from '../rules/list-rules.ts';
import type { ToolSources } from './sources.ts';
import { type Tool, tool } from './tool.ts';

/** What a rule of the engine says, and what to do about it. */
export function ruleTool({ rules }: ToolSources): Tool {
  return tool({
    name: 'explain_rule',
    description: 'What a rule or a cause id of the engine means, and what to do about it.',
    source: 'rules',
    input: z.object({ id: z.string().describe('rule id or cause id') }),
    run: async ({ id }) => {
      const { title, cause, statement, strength, role, remediation } = findRule(rules, id);
      const text = [`${title} (${cause}), a ${strength} ${role}`, statement, ...remediation.map(({ text: what, risk }) => `- ${what} (risk: ${risk})`)].join(
        '\n',
      );
      return { pieces: [{ source: 'knowledge-graph', object: objectRef('Component', undefined, `rule ${id}`), field_path: null, excerpt: text }], note: null };
    },
  });
}
