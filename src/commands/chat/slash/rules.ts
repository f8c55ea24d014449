import { answer } from '../../../session/said.ts';
import type { DeclaredSlash } from '../declared-slash.ts';
import { saidResult } from '../said-result.ts';

const SHOWN = 20;

export const rulesSlash: DeclaredSlash = {
  name: 'rules',
  usage: '[id | word]',
  summary: 'the rules behind this report',
  more: 'With an id, what it says; with another word, those that hold it.',
  completes: 'rules',
  async *run({ words: [asked], conversation, context }) {
    const rules = await context.openRules();
    if (asked !== undefined && rules.some(({ id }) => id === asked)) {
      // YAML and the type checker, which nobody waits for at the first prompt.
      const { answerExplain } = await import('../../rules/answer-rules.ts');
      yield await saidResult(
        await answerExplain({ arguments: [asked], options: {} }, { ...context, settings: { ...context.settings, output: 'text' } }),
        context.output,
      );
      return;
    }
    const behind = new Set(conversation.situation.report?.root_causes.map(({ rule_id: id }) => id));
    const found =
      asked === undefined
        ? rules.filter(({ id }) => behind.has(id))
        : rules.filter(({ id, title }) => `${id} ${title}`.toLowerCase().includes(asked.toLowerCase()));
    yield answer((page) => {
      if (found.length === 0)
        page.hang({
          text: asked === undefined ? `${rules.length} rules are loaded; none is behind this report. /rules WORD finds some.` : `No rule holds "${asked}".`,
        });
      const width = Math.max(0, ...found.slice(0, SHOWN).map(({ id }) => id.length));
      for (const { id, title, subject } of found.slice(0, SHOWN)) page.hang({ label: id.padEnd(width), labelRole: 'id', text: `${title} (${subject})` });
      if (found.length > SHOWN) page.hang({ text: `and ${found.length - SHOWN} more`, role: 'quiet' });
    });
  },
};
