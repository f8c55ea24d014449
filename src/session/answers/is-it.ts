import { type Kind, resourceType } from '../../domain/kubernetes/resource-type.ts';
import { type ObjectRef, refLabel } from '../../domain/object-ref.ts';
import type { Report } from '../../domain/report.ts';
import { sentence } from '../../domain/sentence.ts';
import { changeSentence } from '../../report/change-sentence.ts';
import type { Page } from '../../report/page.ts';
import type { Draw } from '../said.ts';
import { hint } from './brief.ts';
import { SUSPECTS, type Suspect } from './suspects.ts';

/** Whether something is the cause: yes, ruled out, only hurt, not to be told, or without a sign of it in what was read. */
export function isIt(report: Report, said: string): Draw {
  const suspect = suspectOf(said, report);
  return (page) => {
    const told = sayings(suspect, report);
    for (const { label, role, text } of told) page.hang({ label: label(page), labelRole: role, text });
    if (told.length === 0) withoutSign(page, suspect, report);
    if (!told.some(({ yes }) => yes)) cause(page, report);
  };
}

interface Meant extends Pick<Suspect, 'name' | 'shownBy'> {
  readonly fits: (text: string, object: ObjectRef | null) => boolean;
}

/** A word of the table, else the name of an object; both where the word is also a name. */
function suspectOf(said: string, report: Report): Meant {
  const words = said
    .split(/[^a-z0-9._/-]+/)
    .flatMap((word) => word.split('/').at(-1) ?? [])
    .filter((word) => word.length > 1);
  const isNamed = (object: ObjectRef | null): boolean => object !== null && words.some((word) => object.name === word || object.name.startsWith(`${word}-`));
  const known = SUSPECTS.find((each) => each.said.test(said));
  const byName = objectsIn(report).some(isNamed);
  if (known !== undefined && !byName) return { ...known, fits: (text) => known.told.test(text) };
  const spoken = new RegExp(`(?<![\\w-])${words.map((word) => word.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('[ -]')}(?![\\w])`, 'i');
  return { name: said, shownBy: [], fits: (text, object) => isNamed(object) || (!byName && words.length > 0 && spoken.test(text)) };
}

function objectsIn({ root_causes: causes, ruled_out: ruledOut, scope }: Report): ObjectRef[] {
  return [
    ...causes.flatMap(({ object, affected, chain }) => [object, ...affected, ...chain.map(({ to }) => to)]),
    ...ruledOut.map(({ object }) => object),
    ...scope.objects,
  ];
}

interface Saying {
  readonly yes?: boolean;
  readonly label: (page: Page) => string;
  readonly role: 'bad' | 'good' | 'warning' | 'quiet';
  readonly text: string;
}

function sayings({ fits }: Meant, report: Report): Saying[] {
  const causes = report.root_causes.filter(({ cause_id: id, title, mechanism, object }) => fits(`${id} ${title} ${mechanism}`, object));
  const yes = causes.map(
    ({ title, object, mechanism, confidence_score: level }): Saying => ({
      yes: true,
      label: ({ glyphs }) => glyphs.cause,
      role: 'bad',
      text: `Yes (${level}): ${title}, ${refLabel(object)}. ${sentence(mechanism)}`,
    }),
  );
  const hurt = report.root_causes
    .filter((cause) => !causes.includes(cause))
    .flatMap(({ chain, title }) =>
      chain
        .filter(({ to, mechanism }) => fits(mechanism, to))
        .map(
          ({ to, mechanism }): Saying => ({
            label: ({ glyphs }) => glyphs.bullet,
            role: 'warning',
            text: `${refLabel(to)} is hurt, but not the cause: ${sentence(mechanism)} That comes from ${title}.`,
          }),
        ),
    );
  const out = report.ruled_out
    .filter(({ cause_id: id, title, object }) => fits(`${id} ${title}`, object))
    .map(
      ({ title, object, reason }): Saying => ({
        label: ({ glyphs }) => glyphs.fine,
        role: 'good',
        text: `Ruled out: ${title}, ${refLabel(object)}. ${sentence(reason)}`,
      }),
    );
  return [...yes, ...(yes.length > 0 ? [] : hurt.slice(0, 3)), ...out.slice(0, 5), ...changes(fits, report, yes.length > 0)];
}

/** "a change" is told with the cause that it brought. */
function changes(fits: Meant['fits'], { root_causes: causes }: Report, told: boolean): Saying[] {
  return told
    ? []
    : causes
        .filter(({ change }) => change !== null && fits('release rollout revision', null))
        .flatMap(({ change, object }) =>
          change === null
            ? []
            : [{ yes: true, label: ({ glyphs }: Page) => glyphs.cause, role: 'bad' as const, text: `Yes. ${changeSentence(change, object)}` }],
        );
}

/** Nothing that was read points to it, which says something only where it would have been seen. */
function withoutSign(page: Page, { name, shownBy }: Meant, report: Report): void {
  const unseen = shownBy.filter((sight) => !wasSeen(sight, report)).map((sight) => (sight === 'logs' ? 'logs' : resourceType(sight as Kind).plural));
  if (unseen.length > 0)
    page.hang({ label: page.glyphs.open, labelRole: 'warning', text: `That cannot be told of ${name}: ${unseen.join(', ')} could not be read.` });
  else if (shownBy.length > 0)
    page.hang({ label: page.glyphs.fine, labelRole: 'good', text: `Nothing that was read points to ${name}; no rule about it fired.` });
  else
    page.hang({
      label: page.glyphs.open,
      labelRole: 'quiet',
      text: `Nothing in this report speaks of ${name}. To look at it by itself, ask what hurts there.`,
    });
}

function wasSeen(sight: Kind | 'logs', { coverage, gaps }: Report): boolean {
  if (sight === 'logs') return !gaps.some(({ what }) => /\blogs? of\b|^logs/.test(what));
  const { plural } = resourceType(sight);
  return (
    coverage.some(({ kind, state }) => kind === plural && state === 'found') && !gaps.some(({ what }) => what === plural || what.startsWith(`${plural} in `))
  );
}

function cause(page: Page, { root_causes: [first] }: Report): void {
  if (first === undefined) return;
  page.hang({ indent: 2, text: `The root cause is ${first.title}, ${refLabel(first.object)} (${first.confidence_score}).`, role: 'quiet' });
  hint(page, 'why', 'what did you rule out');
}
