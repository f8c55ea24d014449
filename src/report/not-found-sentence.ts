import type { Report } from '../domain/report.ts';

/** Says that what was asked about was not found, where nothing else that exists was named; undefined elsewhere. "Also seen" tells near names. */
export function notFoundSentence({ extracted_entities: { unresolved }, scope, verdict }: Report): string | undefined {
  const names = scope.objects.length > 0 ? [] : unresolved.flatMap(({ word, asked }) => (asked ? [`"${word}"`] : []));
  if (names.length === 0) return undefined;
  return `Nothing called ${names.join(' or ')} was found${verdict === 'root-cause-found' ? ': what follows may not be what was asked about' : ''}.`;
}
