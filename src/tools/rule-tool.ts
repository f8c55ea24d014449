import * as z from 'zod';
import { objectRef } from '../domain/object-ref.ts';
import { findRule } from '../rules/list-rules.ts';
import type { RunnableRule } from '../rules/rule.ts';
import { inPieces } from './pieces.ts';
import type { ToolSources } from './sources.ts';
import { type Tool, tool } from './tool.ts';

const MAX_OF_CAUSE = 4;

/** What a rule of the engine says, and what to do about it. */
export function ruleTool({ rules }: ToolSources): Tool {
  return tool({
    name: 'explain_rule',
    description: 'What a rule or a cause id of the engine means, and what to do about it.',
    source: 'rules',
    input: z.object({ id: z.string().describe('rule id or cause id') }),
    run: async ({ id }) => {
      // Several rules may tell of one cause, each in its own way.
      const ofCause = rules.filter(({ cause }) => cause === id).slice(0, MAX_OF_CAUSE);
      const told = (ofCause.length > 0 ? ofCause : [findRule(rules, id)]).map(ruleText).join('\n\n');
      return inPieces({ source: 'knowledge-graph', object: objectRef('Component', undefined, `rule ${id}`), field_path: null, excerpt: told });
    },
  });
}

function ruleText({ id, title, cause, statement, strength, role, remediation }: RunnableRule): string {
  return [`${title} (cause ${cause}, rule ${id}), a ${strength} ${role}`, statement, ...remediation.map(({ text, risk }) => `- ${text} (risk: ${risk})`)].join(
    '\n',
  );
}
