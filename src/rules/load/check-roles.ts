import { ROLES } from '../../domain/facts/roles.ts';
import { nearNames } from '../../domain/near-names.ts';
import type { RuleProblem } from '../problem.ts';
import { type ObjectTemplate, type Rule, ruleSchema } from '../rule.ts';

/** Who is blamed where a rule does not say; on a subject without that role it is the fact's own object. */
const DEFAULT_BLAME = ruleSchema.shape.blame.parse(undefined);

/** Roles that facts of the subject do not have: such a name would stand for nobody, without a word. */
export function checkRoles(rule: Rule): readonly RuleProblem[] {
  const { one, several }: { readonly one: readonly string[]; readonly several: readonly string[] } = ROLES[rule.subject];
  const single = ['self', ...one];
  const problem = (path: RuleProblem['path'], role: ObjectTemplate, known: readonly string[]): readonly RuleProblem[] => {
    if (typeof role !== 'string' || known.includes(role)) return [];
    const [near] = nearNames(role, known);
    const hint = several.includes(role) ? 'it has several, and one must be blamed' : `it has ${near ?? known.join(', ')}`;
    return [{ path, message: `${rule.subject} has no role ${role}: ${hint}` }];
  };
  return [
    ...(rule.blame === DEFAULT_BLAME ? [] : problem(['blame'], rule.blame, single)),
    ...(['victims', 'via'] as const).flatMap((key) => rule[key].flatMap((role, index) => problem([key, index], role, [...single, ...several]))),
    ...(['fires', 'quiet'] as const).flatMap((kind) =>
      rule.examples[kind].flatMap(({ relations }, index) =>
        Object.keys(relations).flatMap((role) => problem(['examples', kind, index, 'relations', role], role, [...single, ...several])),
      ),
    ),
  ].map((found) => (found.path.includes('relations') ? { ...found, onKey: true } : found));
}
