import type { Report } from '../../domain/report.ts';

/** What is longer was pasted, and describes an incident. */
const MAX_QUESTION = 600;
const FIRST = /^(?:(?:and|so|but|ok|okay|then|well|hey|please|could you|can you|would you)[ ,]+)*/i;
const ASKS =
  /^(?:what|why|how|which|who|whose|when|where|is|are|was|were|does|do|did|can|could|should|would|will|has|have|had|show|list|tell|explain|compare|find|check|look|give|summari[sz]e|describe|help)\b/i;
/** Whatever may be wrong anywhere: that is looked for by rules. */
const ANYTHING = /^(?:is|are) (?:anything|something|everything|all|there)\b/i;
const HURTS =
  /\b(?:fail(?:s|ing|ed)?|down|broken|crash\w*|restart\w*|unhealthy|slow|pending|stuck|errors?|timing out|unreachable|not (?:working|ready|starting))\b/i;

/** Whether a line asks something about a report, rather than tells of another incident. */
export function asksOn(text: string, report: Report): boolean {
  const plain = text.trim();
  const question = plain.replace(FIRST, '');
  if (plain.length > MAX_QUESTION || ANYTHING.test(question) || !(plain.endsWith('?') || ASKS.test(question))) return false;
  // What hurts and is not spoken of in the report is an incident of its own.
  return !HURTS.test(question) || namesIn(report).some((name) => question.toLowerCase().includes(name));
}

function namesIn({ root_causes: causes, scope, extracted_entities: { workloads, services } }: Report): string[] {
  const objects = [...scope.objects, ...causes.flatMap(({ object, affected, chain }) => [object, ...affected, ...chain.flatMap(({ from, to }) => [from, to])])];
  return [...new Set([...objects.map(({ name }) => name), ...workloads, ...services])];
}
