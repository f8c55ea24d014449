import type { RootCause } from '../../src/domain/cause.ts';
import type { ObjectRef } from '../../src/domain/object-ref.ts';
import type { Report } from '../../src/domain/report.ts';
import { matchesObject } from './glob.ts';
import type { Expectation, ExpectedRoot } from './scenario.ts';

/** What is wrong with a report, in plain words; nothing where it is right. */
export interface Judgement {
  readonly right: boolean;
  readonly problems: readonly string[];
  /** The first root cause as people read it. */
  readonly said: string;
}

/** Judges a whole report: the first root cause, its chain, and that nothing else is named with any certainty. */
export function judge(expected: Expectation, report: Report): Judgement {
  const problems = expected.healthy ? report.root_causes.map((cause) => `named ${label(cause)}`) : faultProblems(expected, report);
  return { right: problems.length === 0, problems, said: report.root_causes[0] === undefined ? report.verdict : label(report.root_causes[0]) };
}

function faultProblems(expected: ExpectedRoot & { readonly also: readonly ExpectedRoot[] }, { root_causes: causes, verdict }: Report): string[] {
  const [first] = causes;
  const wanted = [expected, ...expected.also];
  const required = wanted.filter(({ optional }) => !optional);
  const others = causes.slice(1).filter((cause) => cause.confidence_score !== 'low' && !wanted.some((root) => names(root, cause)));
  return [
    ...(first !== undefined && required.some((root) => names(root, first)) ? [] : [`first is ${first === undefined ? verdict : label(first)}`]),
    ...required.filter((root) => !causes.some((cause) => names(root, cause))).map((root) => `not named: ${root.cause.join(' or ')} on ${root.object}`),
    ...required.flatMap((root) =>
      chainProblems(
        root,
        causes.find((cause) => names(root, cause)),
      ),
    ),
    ...others.map((cause) => `also named ${label(cause)}`),
  ];
}

/** Whether a root cause is the expected one: the cause and whom it blames. */
export function names({ cause, object }: Pick<ExpectedRoot, 'cause' | 'object'>, named: RootCause): boolean {
  return cause.includes(named.cause_id) && matchesObject(object, named.object);
}

function chainProblems({ chain }: ExpectedRoot, cause: RootCause | undefined): string[] {
  if (cause === undefined) return [];
  const objects: ObjectRef[] = [cause.object, ...cause.affected, ...cause.chain.flatMap(({ from, to }) => [from, to])];
  return chain.filter((glob) => !objects.some((object) => matchesObject(glob, object))).map((glob) => `the chain lacks ${glob}`);
}

function label({ cause_id: cause, object, confidence_score: level, confidence }: RootCause): string {
  return `${cause} on ${object.kind}/${object.name} (${level} ${confidence})`;
}
