import { isRecord } from '../is-record.ts';
import { type Filter, JsonPathProblem, type Operator, type Part, type Slice, type Step } from './template.ts';

/** The text of a template over a value, as kubectl prints it: results of one expression with a space between, a missing field as nothing. Throws JsonPathProblem. */
export function fillTemplate(parts: readonly Part[], value: unknown): string {
  return parts
    .map((part) => {
      if (part.kind === 'text') return part.text;
      const found = walked(part.steps, [value]);
      return part.kind === 'expression' ? found.map(shown).join(' ') : found.map((each) => fillTemplate(part.body, each)).join('');
    })
    .join('');
}

function walked(steps: readonly Step[], from: readonly unknown[]): readonly unknown[] {
  return steps.reduce((values, step) => stepped(step, values), from);
}

function stepped(step: Step, values: readonly unknown[]): readonly unknown[] {
  if (step.kind === 'literal') return [step.value];
  // All that the first of a union finds comes before what the second does.
  if (step.kind === 'union') return step.of.flatMap((each) => stepped(each, values));
  return values.flatMap((value) => after(step, value));
}

function after(step: Exclude<Step, { kind: 'literal' | 'union' }>, value: unknown): readonly unknown[] {
  switch (step.kind) {
    case 'field':
      return isRecord(value) && Object.hasOwn(value, step.name) ? [value[step.name]] : [];
    case 'all':
      return inside(value);
    case 'deep':
      return deep(value);
    case 'slice':
      return sliced(step, value);
    case 'filter':
      return filtered(step, value);
  }
}

function inside(value: unknown): readonly unknown[] {
  if (Array.isArray(value)) return value;
  return isRecord(value) ? Object.values(value) : [];
}

function deep(value: unknown): unknown[] {
  return [value, ...inside(value).flatMap(deep)];
}

function sliced({ from, to, by = 1 }: Slice, value: unknown): readonly unknown[] {
  if (value === null || value === undefined) return [];
  if (!Array.isArray(value)) throw new JsonPathProblem(`${kindOf(value)} is no list, so it has no place ${from ?? '*'}`);
  const { length } = value;
  const placed = (index: number): number => (index < 0 ? index + length : index);
  if (to === null) {
    const at = placed(from ?? 0);
    if (at < 0 || at >= length) throw new JsonPathProblem(`there is no place ${from} in a list of ${length}`);
    return [value[at]];
  }
  return value.slice(placed(from ?? 0), to === undefined ? length : placed(to)).filter((_, index) => index % by === 0);
}

function filtered({ left, test }: Filter, value: unknown): readonly unknown[] {
  if (value === null || value === undefined) return [];
  if (!Array.isArray(value)) throw new JsonPathProblem(`${kindOf(value)} is no list, so it cannot be filtered`);
  return value.filter((each) => {
    const lefts = walked(left, [each]);
    if (test === undefined) return lefts.length > 0;
    const rights = walked(test.right, [each]);
    if (lefts.length > 1 || rights.length > 1) throw new JsonPathProblem('a filter can only compare one value with one value');
    return lefts.length === 1 && rights.length === 1 && holds(lefts[0], test.operator, rights[0]);
  });
}

function holds(left: unknown, operator: Operator, right: unknown): boolean {
  if (operator === '==' || operator === '!=') return (left === right) === (operator === '==');
  if (typeof left !== typeof right || (typeof left !== 'number' && typeof left !== 'string')) return false;
  const order = left === right ? 0 : (left as number) < (right as number) ? -1 : 1;
  if (operator === '<' || operator === '>') return order === (operator === '<' ? -1 : 1);
  return order === 0 || order === (operator === '<=' ? -1 : 1);
}

function shown(value: unknown): string {
  if (value === null || value === undefined) return '';
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

function kindOf(value: unknown): string {
  const text = JSON.stringify(value) ?? String(value);
  return text.length > 40 ? `${text.slice(0, 39)}…` : text;
}
