import type { z } from 'zod';
import type { RuleProblem } from '../problem.ts';

/** The issues of a schema as problems: an unknown key is told at the key, the rest at the value or above it. */
export function issueProblems(error: z.ZodError): readonly RuleProblem[] {
  return error.issues.flatMap((issue): readonly RuleProblem[] => {
    const path = issue.path.filter((step) => typeof step !== 'symbol');
    if (issue.code === 'unrecognized_keys') return issue.keys.map((key) => ({ path: [...path, key], onKey: true, message: `unknown key ${key}` }));
    const name = path.join('.') || 'the rule';
    if (issue.code === 'invalid_type' && issue.input === undefined && issue.message.endsWith('received undefined'))
      return [{ path, message: `${name} is missing` }];
    return [{ path, message: `${name}: ${issue.message}` }];
  });
}
