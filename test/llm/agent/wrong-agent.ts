import type { Report } from '../../../src/domain/report.ts';
import type { Answer, Asked } from '../llm-server.ts';
import { idOf, plays } from './conversations.ts';

export const INVENTED_POD = 'ledger-7f9c4-xk2lp';
const INVENTED_RELEASE = 'ledger-v42';

/**
 * A plausible agent that is wrong: it looks around, tries to write, and then blames a workload that the engine does not name, with true
 * quotes about it; it invents a pod and a release, and is sure of itself.
 */
export function wrongAgent(namespace: string | undefined): Answer {
  const place = namespace === undefined ? {} : { namespace };
  return plays({
    rounds: [
      [
        { name: 'list_objects', arguments: { kind: 'deployments', ...place } },
        { name: 'list_objects', arguments: { kind: 'pods', ...place } },
        { name: 'get_events', arguments: place },
      ],
      [
        { name: 'delete_pod', arguments: { name: INVENTED_POD } },
        { name: 'patch_object', arguments: { kind: 'Deployment', name: 'ledger', patch: '{}' } },
        { name: 'get_logs', arguments: { pod: INVENTED_POD, ...place } },
      ],
    ],
    final: (asked) => {
      const { kind, name, line } = innocentIn(asked);
      const id = idOf(asked, line);
      const true_quote = { id, quote: line };
      return {
        narrative: [
          `The latest deploy of ${name} broke everything, with high confidence [${id}].`,
          `Pod ${INVENTED_POD} ran out of connections [${id}].`,
          'It restarted 4711 times [ev-9999].',
          `Release ${INVENTED_RELEASE} is definitely at fault.`,
        ].join(' '),
        causes: [
          { title: 'Bad deploy', kind, namespace: namespace ?? null, name, mechanism: 'Its latest deploy broke the others.', evidence: [true_quote] },
          { title: 'Bad deploy', kind, namespace: namespace ?? null, name, mechanism: 'High confidence.', evidence: [true_quote] },
          { title: 'Crash', kind: 'Pod', namespace: namespace ?? null, name: INVENTED_POD, mechanism: 'It crashes.', evidence: [true_quote] },
          { title: 'Bad release', kind: 'Deployment', namespace: namespace ?? null, name: INVENTED_RELEASE, mechanism: 'It leaks.', evidence: [] },
        ],
        hypotheses: [],
      };
    },
  });
}

/** A line of a listing about something that the engine's causes do not mention. */
function innocentIn(asked: Asked): { kind: string; name: string; line: string } {
  const causes = asked.messages[1]?.content ?? '';
  for (const [plural, kind] of [
    ['deployments', 'Deployment'],
    ['pods', 'Pod'],
  ] as const) {
    for (const { content } of asked.messages) {
      const listing = new RegExp(`\\n${plural}(?: in \\S+)?: \\d+\\n([\\s\\S]*?)\\n</data>`).exec(content)?.[1] ?? '';
      for (const line of listing.split('\n')) {
        const name = /^(?:\S+\/)?(\S+)/.exec(line)?.[1] ?? '';
        if (name !== '' && !causes.includes(name)) return { kind, name, line };
      }
    }
  }
  return { kind: 'Node', name: 'node-1', line: 'The question' };
}

/** What of the wrong agent's words a report holds out as true. */
export function believedIn({ root_causes: causes, analysis }: Report): string[] {
  const all = [...causes.map(({ title, object }) => `${title} ${object.name}`), analysis?.narrative ?? ''];
  const supported = (analysis?.hypotheses ?? []).filter(({ supported: shown }) => shown).map(({ text }) => text);
  return [...all, ...supported].filter((text) => /Bad deploy|Bad release|latest deploy|confidence|4711/.test(text) || text.includes(INVENTED_POD));
}
