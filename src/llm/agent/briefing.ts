import { refLabel } from '../../domain/object-ref.ts';
import type { Matter } from '../analyst.ts';
import { asData } from '../prompts.ts';
import { tokensOf } from '../tokens.ts';

const MAX_CAUSES = 5;
const MAX_PIECES = 6;
const EXCERPT = 400;
const MAX_LISTED = 8;

/** What a model is told at the beginning: the question, and what the engine found. Its least important parts go first when it is too long. */
export function briefing(matter: Matter, maxTokens: number): string {
  const sections = [question(matter), causes(matter), gaps(matter), observations(matter), ruledOut(matter), advice(matter)].filter((section) => section !== '');
  while (sections.length > 2 && tokensOf(sections.join('\n\n')) > maxTokens) sections.pop();
  const text = sections.join('\n\n');
  return tokensOf(text) <= maxTokens ? text : `${text.slice(0, maxTokens * 3)}\n(the rest did not fit)`;
}

function question({ question: asked, scope, asOf }: Matter): string {
  const where = scope.namespaces.length === 0 ? 'all namespaces' : `namespaces ${scope.namespaces.join(', ')}`;
  const about = scope.objects.length === 0 ? 'whatever is unhealthy' : scope.objects.slice(0, MAX_LISTED).map(refLabel).join(', ');
  return `The question:\n${asData(asked, 'question')}\nIt is about ${about}, in ${where}, as of ${asOf}.`;
}

function causes(matter: Matter): string {
  const { rootCauses, verdict } = matter;
  if (rootCauses.length === 0) return `The engine found no cause (${verdict}).`;
  return `The engine's causes, the first explains the question best:\n${rootCauses
    .slice(0, MAX_CAUSES)
    .map((cause) => causeText(cause, matter))
    .join('\n')}`;
}

function causeText({ rank, title, object, mechanism, confidence_score: level, evidence_ids: ids }: Matter['rootCauses'][number], { evidence }: Matter): string {
  const pieces = ids.slice(0, MAX_PIECES).flatMap((id) => evidence(id) ?? []);
  const told = pieces.map(({ id, object: about, field_path: path, excerpt }) => {
    // Most excerpts of fields begin with the path.
    const where = path === null || excerpt.startsWith(path) ? '' : ` ${path}`;
    return `[${id}] ${refLabel(about)}${where}: ${excerpt.slice(0, EXCERPT)}`;
  });
  return `${rank}. ${title}: ${refLabel(object)}. ${mechanism} (confidence ${level})\n${asData(told.join('\n'), 'evidence')}`;
}

function gaps({ gaps: all }: Matter): string {
  return listed(
    'What could not be seen',
    all.map(({ what, why }) => `${what}: ${why}`),
  );
}

function observations({ observations: all }: Matter): string {
  return listed(
    'Also seen',
    all.map(
      ({ text, object, evidence_ids: ids }) =>
        `${object === null ? '' : `${refLabel(object)}: `}${text}${ids.length === 0 ? '' : ` [${ids.slice(0, 3).join(', ')}]`}`,
    ),
  );
}

function ruledOut({ ruledOut: all }: Matter): string {
  return listed(
    'Ruled out',
    all.map(({ title, object, reason }) => `${title}, ${refLabel(object)}: ${reason}`),
  );
}

function advice({ advice: all }: Matter): string {
  return all.map(({ name, text }) => asData(text, `runbook ${name}`)).join('\n');
}

function listed(title: string, lines: readonly string[]): string {
  return lines.length === 0 ? '' : `${title}:\n${asData(lines.slice(0, MAX_LISTED).join('\n'), title.toLowerCase())}`;
}
