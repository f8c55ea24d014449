import type { AdjudicatorDescription } from '../../correlate/adjudicators.ts';

/** An adjudicator in words, in the order in which a rule is explained. */
export function explainAdjudicator({ id, title, role, says, reads, holds, quiet }: AdjudicatorDescription): string {
  const sections: readonly (readonly [string, readonly string[]])[] = [
    ['Says', [says]],
    ['Reads', reads],
    ['Holds when', holds],
    ['Stays quiet when', quiet],
  ];
  const kind = role === 'cause' ? `names the cause ${id}` : 'rejects other findings; what it rejects is told in ruled_out';
  return [`${title} (${id})`, `adjudicator: ${kind}`, ...sections.flatMap(([name, lines]) => ['', `${name}:`, ...lines.map((line) => `  ${line}`)])].join('\n');
}
