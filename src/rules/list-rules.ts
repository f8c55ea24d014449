import { nearNames } from '../domain/near-names.ts';
import { coded } from '../errors/coded-error.ts';
import type { RunnableRule } from './rule.ts';

/** A rule in one line. */
interface RuleRow {
  readonly id: string;
  readonly cause: string;
  readonly title: string;
  readonly subject: string;
  readonly role: string;
  readonly strength: string;
}

/** Rules by subject and id; `subject` keeps those of one. */
export function listRules(rules: readonly RunnableRule[], subject?: string): readonly RuleRow[] {
  return rules
    .filter((rule) => subject === undefined || rule.subject.toLowerCase() === subject.toLowerCase())
    .map(({ id, cause, title, subject: on, role, strength }) => ({ id, cause, title, subject: on, role, strength }))
    .sort((a, b) => a.subject.localeCompare(b.subject) || a.id.localeCompare(b.id));
}

/** The rule with this id, or the one rule of this cause; RULE_NOT_FOUND offers the rules of this cause, else near ids, those of `others` too. */
export function findRule<T extends RunnableRule>(rules: readonly T[], id: string, others: readonly string[] = []): T {
  const byCause = rules.filter((rule) => rule.cause === id);
  const found = rules.find((rule) => rule.id === id) ?? (byCause.length === 1 ? byCause[0] : undefined);
  if (found === undefined)
    throw coded('RULE_NOT_FOUND', {
      id,
      near: byCause.length > 0 ? byCause.map((rule) => rule.id) : nearNames(id, [...rules.map((rule) => rule.id), ...others]),
    });
  return found;
}
