import * as z from 'zod';
import { objectRef } from '../domain/object-ref.ts';
import type { RunbookShelf } from '../runbooks/runbook-shelf.ts';
import { inPieces } from './pieces.ts';
import { nothing, type Tool, tool } from './tool.ts';

const MAX_HITS = 3;

/** What people wrote down for such cases. */
export function runbookTool(shelf: RunbookShelf): Tool {
  return tool({
    name: 'search_runbooks',
    description: 'Parts of the runbooks that fit some words: a symptom, a cause, a component.',
    source: 'runbooks',
    input: z.object({ words: z.string().min(1) }),
    run: async ({ words }, signal) => {
      const hits = (await shelf.find(words, signal)).slice(0, MAX_HITS);
      if (hits.length === 0) return nothing('no runbook fits');
      const pieces = hits.flatMap(({ part: { runbook, section, text } }) => {
        const excerpt = `${runbook.name}${section === null ? '' : `, ${section}`}\n${text}`;
        return inPieces({ source: 'tool', object: objectRef('Component', undefined, `runbook ${runbook.path}`), field_path: null, excerpt }).pieces.slice(0, 2);
      });
      return { pieces, note: null };
    },
  });
}
